package io.plabble.samples.cli;

import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSession;
import java.io.PrintStream;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Help.Ansi;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The server that a command's options lead to. */
interface Remote {
    /**
     * Connects, does the work, closes. What comes of it arrives on a thread that may wait, for a command prints it; a terminal
     * that stands still must not hold up the event loop.
     */
    <T> Flux<T> withSession(Function<? super PlabbleSession, ? extends Publisher<? extends T>> work);

    static Remote of(PlabbleClient client) {
        return new Remote() {
            @Override
            public <T> Flux<T> withSession(Function<? super PlabbleSession, ? extends Publisher<? extends T>> work) {
                return client.<T>withSession(work).publishOn(Schedulers.boundedElastic());
            }
        };
    }

    /** As {@link #of}; what happens is written as it happens, and all of it before the result. */
    static Remote traced(PlabbleClient client, PrintStream target, Ansi ansi) {
        return new Remote() {
            @Override
            public <T> Flux<T> withSession(Function<? super PlabbleSession, ? extends Publisher<? extends T>> work) {
                return Flux.using(
                        () -> new Trace(target, ansi),
                        trace -> Remote.of(client.doOnStep(trace::step).doOnPacket(trace::packet))
                                .<T>withSession(work),
                        Trace::close);
            }
        };
    }
}
