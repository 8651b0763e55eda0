package io.plabble.samples.webflux.board;

import io.plabble.samples.webflux.board.NotPostedException.Why;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Lets one piece of work after the other run, in the order of their subscriptions. A courtesy among those who would only be in each
 * other's way, and no lock: a turn that takes long is followed by the next all the same.
 */
final class Turns {
    /** For so long a turn is one's own. */
    static final Duration TURN = Duration.ofSeconds(1);

    /** Who has waited for so long is turned away. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final AtomicReference<Mono<Void>> last = new AtomicReference<>(Mono.empty());

    /** The work, in its turn; fails with {@link NotPostedException} if that does not come. */
    <T> Mono<T> next(Mono<T> work) {
        return Mono.defer(() -> {
            Turn turn = new Turn();
            return last.getAndSet(turn.over())
                    .timeout(LONGEST_WAIT, Mono.error(Turns::busy))
                    .publishOn(Schedulers.parallel()) // else a long queue would end as deep a stack
                    .doOnSuccess(nothing -> turn.begun.tryEmitEmpty())
                    .then(work)
                    .doFinally(signal -> turn.end());
        });
    }

    private static NotPostedException busy() {
        return new NotPostedException(Why.BUSY, "Too many are posting at once.");
    }

    private static final class Turn {
        private final Sinks.Empty<Void> begun = Sinks.empty();
        private final Sinks.Empty<Void> ended = Sinks.empty();

        Mono<Void> over() {
            return begun.asMono().then(Mono.defer(() -> ended.asMono().timeout(TURN, Mono.empty())));
        }

        /** Also if it has never begun. */
        void end() {
            begun.tryEmitEmpty();
            ended.tryEmitEmpty();
        }
    }
}
