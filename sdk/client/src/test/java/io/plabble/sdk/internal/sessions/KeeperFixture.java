package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleCertificateException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleConnectException;
import io.plabble.sdk.PlabbleSessionClosedException;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.sdk.Reconnection;
import io.plabble.sdk.SessionsSpec;
import io.plabble.sdk.SessionsState;
import io.plabble.sdk.SessionsState.Phase;
import io.plabble.sdk.internal.Endpoint;
import io.plabble.sdk.internal.Limits;
import io.plabble.sdk.internal.Settings;
import io.plabble.sdk.internal.SharedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/**
 * A keeper and those who ask it, in virtual time: whatever can be done is done when a call returns, and time stands still between {@link
 * #pass}. Whatever a test does, nothing may be left of it afterwards.
 */
abstract class KeeperFixture {
    static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    static final Duration A_DAY = Duration.ofDays(1);

    static final PlabbleException REFUSED =
            new PlabbleConnectException(Reason.CONNECTION_REFUSED, "nobody listens", null);
    static final PlabbleException UNTRUSTED = PlabbleCertificateException.ofChain(Reason.UNTRUSTED_ROOT, "who is that");
    static final PlabbleException LOSS =
            new PlabbleSessionClosedException(Why.CLOSED_BY_PEER, "the peer has gone", null);
    static final PlabbleException USED_UP =
            new PlabbleSessionClosedException(Why.COUNTER_EXHAUSTED, "all counters are used up", null);

    final CountedTime time = CountedTime.begin();
    final FakeServer server = new FakeServer();
    final List<SessionsState> states = new ArrayList<>();
    SessionsSpec spec = SessionsSpec.DEFAULT.reconnection(new Reconnection(40, FIRST_PAUSE, LONGEST_PAUSE, 0));
    Limits limits = Limits.DEFAULT;
    SessionKeeper keeper;

    @BeforeEach
    void keep() {
        keep(spec, limits);
    }

    /** Another keeper than the usual one. */
    void keep(SessionsSpec spec, Limits limits) {
        SessionsJournal journal = new SessionsJournal(Settings.of(Endpoint.tcp("node.example", 4242)));
        this.spec = spec;
        this.limits = limits;
        keeper = new SessionKeeper(server.lease(), spec, limits, journal);
        states.clear();
        journal.states().subscribe(states::add);
    }

    void keep(Reconnection reconnection) {
        keep(spec.reconnection(reconnection), limits);
    }

    @AfterEach
    void nothingIsLeft() {
        try {
            keeper.dispose();
            assertThat(server.attempts()).allMatch(FakeServer.Attempt::isOver);
            assertThat(server.sessions()).allMatch(FakeSession::isDisposed);
            assertThat(server.hasSeenTwoAttemptsAtOnce()).isFalse();
            assertThat(time.timers()).isZero();
            assertThat(keeper.health().waiting()).isZero();
            assertThat(phase()).isEqualTo(Phase.CLOSED);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    /** A keeper's first session, live. */
    FakeSession connected() {
        ask();
        return server.accept();
    }

    /** As {@link #connected}, and it has lived for so long that its loss is no failure. */
    FakeSession connectedForLong() {
        FakeSession session = connected();
        pass(LONGEST_PAUSE);
        return session;
    }

    TestSubscriber<SharedSession> ask() {
        return ask(keeper.session(0));
    }

    static <T> TestSubscriber<T> ask(Mono<T> question) {
        TestSubscriber<T> asker = TestSubscriber.create();
        question.subscribe(asker);
        return asker;
    }

    void pass(Duration duration) {
        time.advanceTimeBy(duration);
    }

    /** Does it all in one go, as if it came from several threads while the keeper's is busy. */
    void inOneMoment(Runnable... actions) {
        time.schedule(() -> List.of(actions).forEach(Runnable::run));
    }

    Phase phase() {
        return keeper.health().state().phase();
    }

    /** Every state since the beginning. */
    void wentThrough(SessionsState... expected) {
        assertThat(states).containsExactly(expected);
    }

    /** Those after a number of states. */
    void then(int seen, SessionsState... expected) {
        assertThat(states.subList(seen, states.size())).containsExactly(expected);
    }

    static SessionsState state(Phase phase) {
        return new SessionsState(phase, Optional.empty());
    }

    static SessionsState state(Phase phase, PlabbleException failure) {
        return new SessionsState(phase, Optional.of(failure));
    }

    static void waits(TestSubscriber<?> asker) {
        assertThat(asker.isTerminatedOrCancelled()).isFalse();
    }

    static void got(TestSubscriber<SharedSession> asker, FakeSession session) {
        assertThat(asker.getReceivedOnNext()).containsExactly(session);
        assertThat(asker.isTerminatedComplete()).isTrue();
    }

    static void failed(TestSubscriber<?> asker, PlabbleException error) {
        assertThat(asker.expectTerminalError()).isSameAs(error);
    }

    static void failedAsClosed(TestSubscriber<?> asker) {
        assertThat(asker.expectTerminalError())
                .isInstanceOfSatisfying(
                        PlabbleSessionClosedException.class,
                        closed -> assertThat(closed.why()).isEqualTo(Why.CLOSED_BY_US));
    }

    /** It is closed, and time brings nothing more. */
    void everythingIsOver() {
        assertThat(server.attempts()).allMatch(FakeServer.Attempt::isOver);
        assertThat(server.sessions()).allMatch(FakeSession::isDisposed);
        assertThat(time.timers()).isZero();
        assertThat(keeper.isClosed()).isTrue();
        assertThat(states).endsWith(state(Phase.CLOSED));
        int made = server.attempts().size();

        pass(A_DAY);

        assertThat(server.attempts()).hasSize(made);
        assertThat(phase()).isEqualTo(Phase.CLOSED);
    }
}
