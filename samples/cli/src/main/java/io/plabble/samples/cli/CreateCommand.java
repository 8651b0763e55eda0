package io.plabble.samples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.Permission;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.PlabbleSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Creates a bucket. Its key goes into a file before the request goes out, and nowhere else. */
@Command(
        name = "create",
        description =
                "Create a bucket, and print its id. Its key is written to a new file before the request goes out.")
final class CreateCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--key-file",
            required = true,
            paramLabel = "FILE",
            description = "Where to write the bucket's id and key, for the owner's eyes only; never overwritten.")
    @SuppressWarnings("NullAway.Init")
    private Path keyFile;

    @Option(
            names = "--allow",
            split = ",",
            paramLabel = "PERMISSION",
            description = "What the bucket allows for good: public-read, public-write, public-append, private-write,"
                    + " private-append, deletable. Its owner may always read.")
    private List<Permission> permissions = List.of();

    @Option(
            names = "--lifetime-days",
            paramLabel = "N",
            defaultValue = "0",
            description = "The server forgets the bucket after 1 to 255 days; 0, or not given: never.")
    private int lifetimeDays;

    @Option(names = "--ram", description = "The server keeps the bucket in memory only.")
    private boolean ram;

    @Mixin
    private final Output output;

    /** The bucket whose key is in the file, while that is ours. */
    private volatile @Nullable BucketId kept;

    CreateCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        BucketSpec spec = spec();
        Remote remote = connection.remote(output);
        NewFile.require(keyFile); // before anything is sent
        remote.withSession(session -> create(session, spec))
                .doOnNext(bucket -> output.show(
                        json -> describe(bucket.id(), json), () -> bucket.id().hex()))
                .blockLast();
        return DONE;
    }

    private BucketSpec spec() {
        try {
            BucketSpec spec =
                    BucketSpec.of(permissions.toArray(Permission[]::new)).lifetimeDays(lifetimeDays);
            return ram ? spec.inMemory() : spec;
        } catch (PlabbleConfigurationException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }

    /** The key is on the disk before the request goes out, and stays there unless there is certainly no such bucket. */
    private Mono<Bucket> create(PlabbleSession session, BucketSpec spec) {
        return session.createBucket(spec, this::keep)
                .doOnNext(bucket -> bucket.key().ifPresent(BucketKey::destroy))
                .onErrorResume(
                        PlabbleException.class, e -> onDisk(() -> settle(e)).then(Mono.error(() -> failure(e))));
    }

    private Mono<Void> keep(BucketCandidate candidate) {
        return onDisk(() -> {
            if (kept != null) { // another request was faster, and this key replaces that one
                KeyFile.remove(keyFile);
            }
            KeyFile.create(keyFile, candidate.id(), candidate.key());
            kept = candidate.id();
        });
    }

    /** Removes the file if the bucket was certainly not made. */
    private void settle(PlabbleException e) {
        e.candidate().ifPresent(candidate -> candidate.key().destroy());
        if (kept != null && !mayExist(e)) {
            KeyFile.remove(keyFile);
            kept = null;
        }
    }

    /** A refusal is certain, but for the server's own failure (code 1), which may have come after the deed. */
    private static boolean mayExist(PlabbleException e) {
        return e instanceof PlabbleServerException refusal
                ? refusal.code() == ErrorCode.INTERNAL_SERVER_ERROR.code()
                : e.requestWritten();
    }

    private RuntimeException failure(PlabbleException e) {
        if (kept == null) {
            return e;
        }
        String more = "the bucket " + kept + " may exist all the same, and its key is kept in " + keyFile;
        return new FailedException(
                Failure.of(e).because(more, Map.of("bucket", kept.hex(), "keyFile", keyFile.toString())), e);
    }

    private static Mono<Void> onDisk(Runnable work) {
        return Mono.<Void>fromRunnable(work).subscribeOn(Schedulers.boundedElastic());
    }

    private void describe(BucketId id, ObjectNode object) {
        object.put("bucket", id.hex());
        ArrayNode allowed = object.putArray("permissions");
        id.permissions().forEach(permission -> allowed.add(Arguments.name(permission)));
        object.put("lifetimeDays", id.lifetimeDays()).put("ram", ram).put("keyFile", keyFile.toString());
    }
}
