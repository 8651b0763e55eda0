package io.plabble.samples.webflux.board;

import static io.plabble.protocol.Permission.PRIVATE_APPEND;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.ErrorCode;
import io.plabble.samples.webflux.plabble.PlabbleProperties;
import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.LastingBucket;
import io.plabble.sdk.PlabbleSessions;
import java.time.Duration;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The bucket that the notes are in: the one of the {@link BoardFile}, or else a new one. The key is on the disk before the request
 * to create the bucket goes out, so that no crash and no lost answer can lose a board.
 */
@Component
class BoardBucket {
    /** Append only: nobody, not even this service, can change a note or take it away. */
    private static final BucketSpec SPEC = BucketSpec.of(PRIVATE_APPEND);

    private static final Predicate<Throwable> IS_NOT_THERE =
            Refusal.with(ErrorCode.BUCKET_DOES_NOT_EXIST, ErrorCode.AUTHENTICATION_FAILED);

    private static final Duration FOR_EVER = Duration.ofMillis(Long.MAX_VALUE);

    private final PlabbleSessions sessions;
    private final BoardFile file;
    private final Mono<LastingBucket> bucket;

    BoardBucket(PlabbleSessions sessions, PlabbleProperties properties) {
        this.sessions = sessions;
        this.file = new BoardFile(properties.board());
        // An embedded server's buckets end with it, so there is no key to be kept.
        boolean embedded = properties.host() == null;
        if (!embedded) {
            file.check();
        }
        Mono<LastingBucket> opened = embedded ? sessions.createBucket(SPEC) : Mono.defer(this::open);
        // Not even who asked first can cancel it; who comes after a failure tries again.
        this.bucket = opened.cache(found -> FOR_EVER, failure -> Duration.ZERO, () -> Duration.ZERO);
    }

    Mono<LastingBucket> get() {
        return bucket;
    }

    private Mono<LastingBucket> open() {
        return file.confirmed()
                .switchIfEmpty(Mono.defer(
                        () -> file.unconfirmed().concatMap(this::existing).next()))
                .switchIfEmpty(Mono.defer(this::create))
                .map(this::bucket);
    }

    /** Empty if it was not created after all, or is only just being created: with the key that is on the disk by then. */
    private Mono<BucketCandidate> existing(BucketCandidate candidate) {
        return bucket(candidate)
                .read(0)
                .then(Mono.defer(() -> file.confirm(candidate.id())))
                .onErrorResume(IS_NOT_THERE, failure -> Mono.empty());
    }

    private Mono<BucketCandidate> create() {
        return sessions.createBucket(SPEC, file::keep).flatMap(created -> file.confirm(created.id()));
    }

    private LastingBucket bucket(BucketCandidate known) {
        return sessions.bucket(known.id(), known.key());
    }
}
