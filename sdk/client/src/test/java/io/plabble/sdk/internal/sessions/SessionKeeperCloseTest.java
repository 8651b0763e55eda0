package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.sdk.SessionsState;
import io.plabble.sdk.SessionsState.Phase;
import io.plabble.sdk.internal.SharedSession;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

/** The end of all: whenever it comes, everybody hears of it and nothing is left, as the fixture sees to. */
class SessionKeeperCloseTest extends KeeperFixture {
    /** Where the keeper is when it is closed, and whether there are people who wait then. */
    private enum Where {
        NOBODY_HAS_ASKED(Phase.IDLE, false),
        CONNECTING(Phase.CONNECTING, true) {
            @Override
            void bring(KeeperFixture fixture) {
                fixture.ask();
            }
        },
        CONNECTED(Phase.CONNECTED, false) {
            @Override
            void bring(KeeperFixture fixture) {
                fixture.connected();
            }
        },
        RENEWING(Phase.RENEWING, false) {
            @Override
            void bring(KeeperFixture fixture) {
                fixture.connected().runsLow();
            }
        },
        RENEWING_WITHOUT_COUNTERS(Phase.CONNECTING, true) {
            @Override
            void bring(KeeperFixture fixture) {
                fixture.connected().has(0);
            }
        },
        IN_A_PAUSE_OF_THE_RENEWAL(Phase.RENEWING, false) {
            @Override
            void bring(KeeperFixture fixture) {
                fixture.connected().runsLow();
                fixture.server.refuse(REFUSED);
            }
        },
        RECONNECTING(Phase.CONNECTING, true) {
            @Override
            void bring(KeeperFixture fixture) {
                fixture.connectedForLong().ends(LOSS);
            }
        },
        IN_A_PAUSE(Phase.LOST, true) {
            @Override
            void bring(KeeperFixture fixture) {
                fixture.connected().ends(LOSS);
            }
        },
        GIVEN_UP(Phase.LOST, false) {
            @Override
            void bring(KeeperFixture fixture) {
                fixture.ask();
                fixture.server.refuse(REFUSED);
            }
        };

        private final Phase phase;
        private final boolean peopleWait;

        Where(Phase phase, boolean peopleWait) {
            this.phase = phase;
            this.peopleWait = peopleWait;
        }

        void bring(KeeperFixture fixture) {}
    }

    /** Brings the keeper there. */
    private List<TestSubscriber<SharedSession>> at(Where where) {
        where.bring(this);
        assertThat(phase()).isEqualTo(where.phase);
        return where.peopleWait ? List.of(ask(), ask(keeper.nextSession())) : List.of();
    }

    @ParameterizedTest
    @EnumSource
    void closeEndsEverythingWhereverItIs(Where where) {
        List<TestSubscriber<SharedSession>> waiting = at(where);

        TestSubscriber<Void> close = ask(keeper.close());

        assertThat(close.isTerminatedComplete()).isTrue();
        waiting.forEach(KeeperFixture::failedAsClosed);
        everythingIsOver();
    }

    @ParameterizedTest
    @EnumSource
    void disposeEndsEverythingWhereverItIs(Where where) {
        List<TestSubscriber<SharedSession>> waiting = at(where);
        server.sessions().forEach(FakeSession::awaitsAnswers);

        keeper.dispose();

        waiting.forEach(KeeperFixture::failedAsClosed);
        everythingIsOver();
        assertThat(ask(keeper.close()).isTerminatedComplete()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void afterwardsThereAreNoMoreSessions(Where where) {
        at(where);
        keeper.close().subscribe();

        failedAsClosed(ask());
        failedAsClosed(ask(keeper.nextSession()));
        everythingIsOver();
    }

    @ParameterizedTest
    @EnumSource
    void statesCompleteForThoseWhoFollowAndThoseWhoComeLater(Where where) {
        at(where);
        TestSubscriber<SessionsState> following = follow();

        keeper.close().subscribe();

        assertThat(following.isTerminatedComplete()).isTrue();
        assertThat(following.getReceivedOnNext()).endsWith(state(Phase.CLOSED));
        TestSubscriber<SessionsState> late = follow();
        assertThat(late.isTerminatedComplete()).isTrue();
        assertThat(late.getReceivedOnNext()).containsExactly(state(Phase.CLOSED));
    }

    @Test
    void closeDoesNothingBeforeItIsSubscribedTo() {
        FakeSession session = connected();

        Mono<Void> close = keeper.close();

        got(ask(), session);
        assertThat(session.told()).isEmpty();
        assertThat(ask(close).isTerminatedComplete()).isTrue();
    }

    @Test
    void closeWaitsForTheAnswersThatAreUnderway() {
        FakeSession session = connected();
        session.awaitsAnswers();

        TestSubscriber<Void> close = ask(keeper.close());
        failedAsClosed(ask());
        waits(close);
        assertThat(session.told()).containsExactly("close");
        assertThat(session.isDisposed()).isFalse();
        session.answersHaveCome();

        assertThat(close.isTerminatedComplete()).isTrue();
        everythingIsOver();
    }

    @Test
    void closeWaitsForASessionThatRetires() {
        FakeSession old = connected();
        old.awaitsAnswers();
        old.runsLow();
        FakeSession renewed = server.accept();

        TestSubscriber<Void> close = ask(keeper.close());
        assertThat(renewed.isDisposed()).isTrue();
        waits(close);
        old.answersHaveCome();

        assertThat(close.isTerminatedComplete()).isTrue();
        everythingIsOver();
    }

    @Test
    void disposeClosesASessionThatRetires() {
        FakeSession old = connected();
        old.awaitsAnswers();
        old.runsLow();
        server.accept();

        keeper.dispose();

        everythingIsOver();
    }

    @Test
    void everybodyWhoClosesHearsOfTheEnd() {
        FakeSession session = connected();
        session.awaitsAnswers();
        TestSubscriber<Void> first = ask(keeper.close());
        TestSubscriber<Void> second = ask(keeper.close());
        waits(first);
        waits(second);

        session.answersHaveCome();

        assertThat(first.isTerminatedComplete()).isTrue();
        assertThat(second.isTerminatedComplete()).isTrue();
        assertThat(ask(keeper.close()).isTerminatedComplete()).isTrue();
        assertThat(states).containsOnlyOnce(state(Phase.CLOSED));
    }

    @Test
    void disposeHurriesACloseThatIsUnderway() {
        FakeSession session = connected();
        session.awaitsAnswers();
        TestSubscriber<Void> close = ask(keeper.close());

        keeper.dispose();

        assertThat(close.isTerminatedComplete()).isTrue();
        everythingIsOver();
    }

    @Test
    void whoClosesAfterDisposeWaitsUntilTheConnectionIsClosed() {
        FakeSession session = connected();
        session.closesLate();
        keeper.dispose();
        TestSubscriber<Void> close = ask(keeper.close());
        waits(close);

        session.connectionIsClosed();

        assertThat(close.isTerminatedComplete()).isTrue();
        everythingIsOver();
    }

    @Test
    void whoStopsWaitingForTheCloseDoesNotStopIt() {
        FakeSession session = connected();
        session.awaitsAnswers();

        ask(keeper.close()).cancel();
        session.answersHaveCome();

        everythingIsOver();
    }

    @Test
    void theEndOfASessionWhileClosingIsNoLoss() {
        FakeSession session = connected();
        session.awaitsAnswers();
        TestSubscriber<Void> close = ask(keeper.close());

        session.ends(LOSS);
        session.answersHaveCome();

        assertThat(close.isTerminatedComplete()).isTrue();
        assertThat(keeper.health().losses()).isZero();
        everythingIsOver();
    }

    private TestSubscriber<SessionsState> follow() {
        TestSubscriber<SessionsState> follower = TestSubscriber.create();
        keeper.journal().states().subscribe(follower);
        return follower;
    }
}
