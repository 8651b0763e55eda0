package io.plabble.samples.webflux.board;

import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Lets one piece of work after the other run, in the order of their subscriptions. */
final class Turns {
    private final AtomicReference<Mono<Void>> last = new AtomicReference<>(Mono.empty());

    /** The work, when all before it have ended in whatever way. */
    <T> Mono<T> next(Mono<T> work) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> end = Sinks.empty();
            Mono<Void> before = last.getAndSet(end.asMono());
            return before.publishOn(Schedulers.parallel()) // else a long queue would end as deep a stack
                    .then(work)
                    .doFinally(signal -> end.tryEmitEmpty());
        });
    }
}
