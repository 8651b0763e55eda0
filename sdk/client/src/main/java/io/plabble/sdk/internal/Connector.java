package io.plabble.sdk.internal;

import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who closes the connection, and when. The resource of both forms is the {@link ConnectionOwner}, which is there before the
 * connection is, so that a cancel while connecting always finds something to close.
 */
public final class Connector {
    private final Settings settings;
    private final Function<ConnectionOwner, Handshake> handshake;

    public Connector(Settings settings) {
        this(settings, connection -> new Handshake(settings, connection));
    }

    /** @param handshake over the network or in memory */
    Connector(Settings settings, Function<ConnectionOwner, Handshake> handshake) {
        this.settings = settings;
        this.handshake = handshake;
    }

    /** On success the session owns the connection; on error and cancel it is closed first. */
    public Mono<SharedSession> connect() {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new ConnectionOwner(settings)),
                connection -> handshake.apply(connection).session(),
                connection -> Mono.empty(),
                (connection, error) -> connection.close(),
                ConnectionOwner::close);
    }

    /** On every outcome the connection is closed first; on completion it lets the answers come in that are underway. */
    public <T> Flux<T> withSession(Function<? super SharedSession, ? extends Publisher<? extends T>> work) {
        return Flux.usingWhen(
                Mono.fromSupplier(() -> new ConnectionOwner(settings)),
                connection -> handshake.apply(connection).session().flatMapMany(session -> run(work, session)),
                ConnectionOwner::close,
                (connection, error) -> connection.close(),
                ConnectionOwner::close);
    }

    private static <T> Flux<T> run(
            Function<? super SharedSession, ? extends Publisher<? extends T>> work, SharedSession session) {
        return Flux.<T>from(Callbacks.publisher("the work", () -> work.apply(session)))
                .concatWith(session.close().then(Mono.empty()));
    }
}
