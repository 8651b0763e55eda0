package io.plabble.samples.webflux.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class TurnsTest {
    private static final Duration BOUND = Duration.ofSeconds(10);

    private final Turns turns = new Turns();

    @Test
    void oneRunsAfterTheOtherInTheOrderOfTheirSubscriptions() {
        Sinks.One<String> first = Sinks.one();
        List<String> begun = new ArrayList<>();
        Flux<String> all = Flux.merge(
                turns.next(first.asMono().doOnSubscribe(s -> begun.add("first"))),
                turns.next(Mono.fromSupplier(() -> "second").doOnSubscribe(s -> begun.add("second"))));

        StepVerifier.create(all)
                .then(() -> first.tryEmitValue("first"))
                .expectNext("first", "second")
                .expectComplete()
                .verify(BOUND);
        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void aFailureAndACancelPassTheTurnOn() {
        StepVerifier.create(turns.next(Mono.error(new IllegalStateException("no"))))
                .expectError(IllegalStateException.class)
                .verify(BOUND);
        Disposable cancelled = turns.next(Mono.never()).subscribe();
        cancelled.dispose();

        StepVerifier.create(turns.next(Mono.just("next")))
                .expectNext("next")
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void whoGivesUpWhileWaitingHoldsNobodyUp() {
        Sinks.One<String> first = Sinks.one();
        turns.next(first.asMono()).subscribe();
        turns.next(Mono.just("never")).subscribe().dispose();

        StepVerifier.create(turns.next(Mono.just("third")))
                .expectNext("third")
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void aTurnThatTakesLongIsFollowedByTheNext() {
        StepVerifier.withVirtualTime(() -> {
                    Turns hanging = new Turns();
                    return Flux.merge(
                            hanging.next(Mono.never()),
                            hanging.next(Mono.just("second").delayElement(Duration.ofMillis(1))),
                            hanging.next(Mono.just("third")));
                })
                .expectSubscription()
                .expectNoEvent(Turns.TURN)
                .thenAwait(Duration.ofMillis(1))
                .expectNext("second", "third") // who had been waiting as long does not go at once
                .thenCancel()
                .verify(BOUND);
    }

    @Test
    void whoseTurnDoesNotComeIsTurnedAway() {
        StepVerifier.withVirtualTime(() -> {
                    Turns hanging = new Turns();
                    return Flux.range(0, 12).flatMap(i -> hanging.next(Mono.never()));
                })
                .expectSubscription()
                .expectNoEvent(Turns.LONGEST_WAIT.minusMillis(1))
                .thenAwait(Duration.ofSeconds(2))
                .expectErrorSatisfies(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                NotPostedException.class,
                                refused -> assertThat(refused.why()).isEqualTo(NotPostedException.Why.BUSY)))
                .verify(BOUND);
    }

    @Test
    void aLongQueueIsNoDeepStack() {
        Sinks.Empty<Void> first = Sinks.empty();
        turns.next(first.asMono()).subscribe();
        Flux<Integer> queue = Flux.range(0, 5_000).flatMap(i -> turns.next(Mono.just(i)), 5_000);

        StepVerifier.create(queue.count())
                .then(first::tryEmitEmpty)
                .expectNext(5_000L)
                .expectComplete()
                .verify(BOUND);
    }
}
