package io.plabble.samples.cli;

import io.plabble.protocol.BucketId;
import io.plabble.sdk.Bucket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which bucket of which server. */
final class BucketOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--bucket",
            paramLabel = "ID",
            description =
                    "The bucket, 32 hexadecimal digits. Without a key, only what it allows to the public can be done.")
    private @Nullable BucketId id;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The file that 'create' has written, with the bucket's id and key.")
    private @Nullable Path keyFile;

    /** Reads the key file, connects, does the work, closes and erases the key; results arrive on a thread that may wait. */
    <T> Flux<T> withBucket(Output output, Function<? super Bucket, ? extends Publisher<? extends T>> work) {
        return withBucket(output, Mono.just(true), (bucket, nothing) -> work.apply(bucket));
    }

    /** As above; the input is awaited before connecting, and after everything that could be wrong usage. */
    <I, T> Flux<T> withBucket(
            Output output,
            Mono<I> input,
            BiFunction<? super Bucket, ? super I, ? extends Publisher<? extends T>> work) {
        Remote remote = connection.remote(output);
        return Flux.using(
                () -> open(output),
                access -> input.flatMapMany(
                        given -> remote.<T>withSession(session -> work.apply(access.in(session), given))),
                BucketAccess::close);
    }

    private BucketAccess open(Output output) {
        if (keyFile == null) {
            if (id == null) {
                throw new ParameterException(
                        command.commandLine(), "which bucket? Give --key-file FILE or --bucket ID");
            }
            return new BucketAccess(id, Optional.empty());
        }
        if (KeyFile.isExposed(keyFile)) {
            output.note("warning: others than you may read or change " + keyFile + "; 'chmod 600' it");
        }
        KeyFile owned = KeyFile.read(keyFile);
        BucketAccess access = new BucketAccess(owned.id(), Optional.of(owned.key()));
        if (id != null && !id.equals(owned.id())) {
            access.close();
            throw new ParameterException(
                    command.commandLine(), "--bucket " + id + " is not the bucket of " + keyFile + ", " + owned.id());
        }
        return access;
    }
}
