package io.plabble.samples.quickstart;

import static io.plabble.protocol.Permission.DELETABLE;
import static io.plabble.protocol.Permission.PRIVATE_APPEND;
import static io.plabble.protocol.Permission.PRIVATE_WRITE;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PeerText;
import io.plabble.protocol.Slot;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.PlabbleSession;
import io.plabble.sdk.SlotUpdate;
import java.io.PrintStream;
import reactor.core.publisher.Mono;

/** What a session can do: creates a bucket, appends, reads back, and hears of an update in a second session. */
final class Tour {
    private static final String[] GREETING = {"hello", "world"};
    private static final String NEWS = "news";

    private final PrintStream out;

    Tour(PrintStream out) {
        this.out = out;
    }

    Mono<Void> run(PlabbleSession session, PlabbleSession another) {
        return session.createBucket(
                        BucketSpec.of(PRIVATE_WRITE, PRIVATE_APPEND, DELETABLE).inMemory())
                .doFirst(() -> out.println("Bucket:"))
                .doOnNext(bucket ->
                        tell("created", bucket.id() + "  " + bucket.id().permissions()))
                .flatMap(bucket -> appendAndReadBack(bucket)
                        .then(Mono.defer(() -> follow(bucket, another)))
                        .then(bucket.delete()))
                .doOnSuccess(nothing -> tell("deleted", ""));
    }

    private Mono<Void> appendAndReadBack(Bucket bucket) {
        return bucket.append(GREETING)
                .doOnSuccess(nothing -> tell("appended", GREETING.length + " slots"))
                .thenMany(bucket.read())
                .doOnNext(slot -> tell("read back", describe(slot)))
                .then();
    }

    /** The second session needs the bucket's id and key, and nothing else. The first appends once the second follows. */
    private Mono<Void> follow(Bucket bucket, PlabbleSession another) {
        BucketKey key = bucket.key().orElseThrow();
        return another.bucket(bucket.id(), key)
                .readAndFollow()
                .doOnNext(update -> tell(
                        update.kind() == SlotUpdate.Kind.PRESENT ? "second session reads" : "second session hears",
                        describe(update.slot())))
                .delayUntil(update -> isLastOfGreeting(update) ? bucket.append(NEWS) : Mono.empty())
                .takeUntil(update -> update.kind() == SlotUpdate.Kind.CHANGED)
                .then();
    }

    private static boolean isLastOfGreeting(SlotUpdate update) {
        return update.index() == GREETING.length - 1;
    }

    private static String describe(Slot slot) {
        return slot.index() + ": \"" + PeerText.printable(slot.text()) + "\"";
    }

    private void tell(String what, String more) {
        out.println(("  " + String.format("%-22s", what) + more).stripTrailing());
    }
}
