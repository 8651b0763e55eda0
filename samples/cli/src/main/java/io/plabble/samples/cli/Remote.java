package io.plabble.samples.cli;

import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSession;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The server that a command's options lead to. */
final class Remote {
    private final PlabbleClient client;

    Remote(PlabbleClient client) {
        this.client = client;
    }

    /**
     * Connects, does the work, closes. What comes of it arrives on a thread that may wait, for a command prints it; a terminal
     * that stands still must not hold up the event loop.
     */
    <T> Flux<T> withSession(Function<? super PlabbleSession, ? extends Publisher<? extends T>> work) {
        return client.<T>withSession(work).publishOn(Schedulers.boundedElastic());
    }
}
