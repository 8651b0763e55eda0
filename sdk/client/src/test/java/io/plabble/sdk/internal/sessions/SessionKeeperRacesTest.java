package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.sdk.PlabbleSessionClosedException;
import io.plabble.sdk.Reconnection;
import io.plabble.sdk.SessionsSpec;
import io.plabble.sdk.SessionsState.Phase;
import io.plabble.sdk.internal.Endpoint;
import io.plabble.sdk.internal.Limits;
import io.plabble.sdk.internal.Settings;
import io.plabble.sdk.internal.SharedSession;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;
import reactor.test.util.RaceTestUtils;

/** In real time and from several threads at once: nobody is left waiting, and no session open. */
class SessionKeeperRacesTest {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final SessionsSpec SPEC = SessionsSpec.DEFAULT.reconnection(
            new Reconnection(Long.MAX_VALUE, Duration.ofMillis(1), Duration.ofMillis(2), 0.5));

    private final Queue<FakeSession> made = new ConcurrentLinkedQueue<>();
    private final SessionKeeper keeper = new SessionKeeper(
            lease(), SPEC, Limits.DEFAULT, new SessionsJournal(Settings.of(Endpoint.tcp("node.example", 4242))));

    /** From a thread of its own, as a session comes from an event loop. */
    private Flux<SharedSession> lease() {
        return Flux.<SharedSession>create(sink -> {
                    FakeSession session = new FakeSession(made.size() + 1);
                    sink.onCancel(session::connectionIsClosed);
                    made.add(session);
                    sink.next(session);
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @RepeatedTest(100)
    void whoAsksInTheMomentOfTheCloseGetsASessionOrHearsOfIt() {
        TestSubscriber<SharedSession> first = TestSubscriber.create();
        TestSubscriber<SharedSession> second = TestSubscriber.create();

        RaceTestUtils.race(
                () -> keeper.nextSession().subscribe(first),
                () -> keeper.nextSession().subscribe(second),
                () -> keeper.close().subscribe());

        for (TestSubscriber<SharedSession> asker : List.of(first, second)) {
            asker.block(BOUND);
            if (asker.isTerminatedError()) {
                assertThat(asker.expectTerminalError()).isInstanceOf(PlabbleSessionClosedException.class);
            }
        }
        everythingIsClosed();
    }

    @RepeatedTest(100)
    void aSessionThatIsLostOrRunsLowInTheMomentOfTheCloseLeavesNothing() {
        FakeSession session = (FakeSession) keeper.nextSession().block(BOUND);

        RaceTestUtils.race(
                () -> session.ends(KeeperFixture.LOSS),
                () -> keeper.nextSession().subscribe(another -> {}, error -> {}),
                () -> keeper.close().subscribe());

        everythingIsClosed();
    }

    @Test
    void itClosesEvenAfterReactorsSchedulersHaveBeenShutDown() {
        keeper.nextSession().block(BOUND);

        Schedulers.shutdownNow();

        everythingIsClosed();
    }

    private void everythingIsClosed() {
        StepVerifier.create(keeper.close()).expectComplete().verify(BOUND);
        StepVerifier.create(keeper.session(0))
                .expectError(PlabbleSessionClosedException.class)
                .verify(BOUND);
        assertThat(keeper.health().state().phase()).isEqualTo(Phase.CLOSED);
        Awaitility.await()
                .atMost(BOUND)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(() -> assertThat(made).allMatch(FakeSession::isDisposed));
    }
}
