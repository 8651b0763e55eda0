package io.plabble.samples.webflux.board;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Lets one piece of work after the other run, in the order of their subscriptions. A courtesy among those who would only be in each
 * other's way, and no lock: who has waited for long goes ahead, so that nobody stands in a queue behind what hangs.
 */
final class Turns {
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final AtomicReference<Mono<Void>> last = new AtomicReference<>(Mono.empty());

    /** The work, when what was before it has ended in whatever way. */
    <T> Mono<T> next(Mono<T> work) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> end = Sinks.empty();
            Mono<Void> before = last.getAndSet(end.asMono());
            return before.timeout(PATIENCE, Mono.empty())
                    .publishOn(Schedulers.parallel()) // else a long queue would end as deep a stack
                    .then(work)
                    .doFinally(signal -> end.tryEmitEmpty());
        });
    }
}
