package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleConnectException;
import io.plabble.sdk.PlabbleLimitException;
import io.plabble.sdk.internal.Limits;
import io.plabble.sdk.internal.SharedSession;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.subscriber.TestSubscriber;

/** Those who wait for a session: how long, how many, and how they leave. */
class SessionKeeperWaitingTest extends KeeperFixture {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private void atMost(int requests, long bytes) {
        keep(spec, Limits.DEFAULT.withMaxRequestsInFlight(requests).withMaxPendingBytes(bytes));
    }

    @Test
    void nobodyWaitsLongerThanTheTimeoutSays() {
        keep(spec.waitTimeout(TIMEOUT), limits);
        TestSubscriber<SharedSession> asker = ask();

        pass(TIMEOUT.minus(A_MOMENT));
        waits(asker);
        pass(A_MOMENT);

        timedOut(asker, "no session within PT3S; see waitTimeout(…)");
        assertThat(keeper.health().waiting()).isZero();
    }

    @Test
    void theConnectGoesOnWithoutThemForThoseWhoComeLater() {
        keep(spec.waitTimeout(TIMEOUT), limits);
        TestSubscriber<SharedSession> impatient = ask();
        pass(TIMEOUT);
        TestSubscriber<SharedSession> next = ask();

        FakeSession session = server.accept();

        timedOut(impatient, "no session within PT3S; see waitTimeout(…)");
        got(next, session);
        assertThat(server.attempts()).hasSize(1);
    }

    @Test
    void whoGivesUpHearsWhatHasGoneWrongLast() {
        keep(spec.waitTimeout(TIMEOUT), limits);
        FakeSession session = connectedForLong();
        server.refuses(REFUSED);
        session.ends(LOSS);

        TestSubscriber<SharedSession> asker = ask();
        pass(TIMEOUT);

        timedOut(asker, "no session within PT3S, after: nobody listens; see waitTimeout(…)");
        assertThat(asker.expectTerminalError()).hasCause(REFUSED);
    }

    @Test
    void someHaveLessTime() {
        TestSubscriber<SharedSession> hasty = ask(keeper.session(A_MOMENT, 0));

        pass(A_MOMENT);

        timedOut(hasty, "no session within PT0.001S; see waitTimeout(…)");
    }

    @Test
    void whoWaitsForTheNextSessionWaitsAsLongAsSomebodyTries() {
        keep(spec.reconnection().maxRetries(Long.MAX_VALUE));
        FakeSession session = connectedForLong();
        server.refuses(REFUSED);
        session.ends(LOSS);

        TestSubscriber<SharedSession> patient = ask(keeper.nextSession());
        pass(A_DAY);
        waits(patient);
        server.accepts();
        pass(LONGEST_PAUSE);

        got(patient, server.session());
    }

    @Test
    void noMoreMayWaitThanRequestsMayBeInFlight() {
        atMost(2, 100);
        List<TestSubscriber<SharedSession>> admitted = List.of(ask(), ask());

        TestSubscriber<SharedSession> refused = ask();

        assertThat(refused.expectTerminalError())
                .isInstanceOf(PlabbleLimitException.class)
                .hasMessage("2 requests wait for a session; see maxRequestsInFlight(…)")
                .extracting(error -> ((PlabbleException) error).reason())
                .isEqualTo(Reason.TOO_MANY_REQUESTS);
        FakeSession session = server.accept();
        admitted.forEach(asker -> got(asker, session));
    }

    @Test
    void whoWaitsForTheNextSessionIsNeverTooManyAndTakesNobodysPlace() {
        atMost(1, 100);
        List<TestSubscriber<SharedSession>> patient =
                List.of(ask(keeper.nextSession()), ask(keeper.nextSession()), ask(keeper.nextSession()));
        TestSubscriber<SharedSession> asker = ask();
        TestSubscriber<SharedSession> late = ask(keeper.nextSession());

        waits(asker);
        assertThat(keeper.health().waiting()).isEqualTo(5);
        FakeSession session = server.accept();

        got(asker, session);
        got(late, session);
        patient.forEach(one -> got(one, session));
    }

    @Test
    void whoCancelsWhileOthersComeIsNotMissed() {
        List<TestSubscriber<SharedSession>> askers =
                Stream.generate(this::ask).limit(100).toList();
        askers.subList(0, 99).forEach(TestSubscriber::cancel);
        List<TestSubscriber<SharedSession>> others =
                Stream.generate(this::ask).limit(100).toList();

        FakeSession session = server.accept();

        got(askers.get(99), session);
        others.forEach(asker -> got(asker, session));
    }

    @Test
    void whereThereIsASessionNobodyIsTooMany() {
        atMost(1, 100);
        FakeSession session = connected();

        Stream.generate(this::ask).limit(3).forEach(asker -> got(asker, session));
    }

    @Test
    void noMoreBytesMayWaitThanMayWaitToBeWritten() {
        atMost(10, 100);
        TestSubscriber<SharedSession> first = ask(keeper.session(60));

        TestSubscriber<SharedSession> refused = ask(keeper.session(41));
        TestSubscriber<SharedSession> fits = ask(keeper.session(40));

        assertThat(refused.expectTerminalError())
                .isInstanceOf(PlabbleLimitException.class)
                .hasMessage("60 bytes wait to be written, and 41 more do not fit; see maxPendingBytes(…)");
        assertThat(keeper.health().waiting()).isEqualTo(2);
        FakeSession session = server.accept();
        got(first, session);
        got(fits, session);
    }

    @Test
    void oneRequestAloneMayBeLonger() {
        atMost(10, 100);

        TestSubscriber<SharedSession> alone = ask(keeper.session(1_000));

        waits(alone);
        got(alone, server.accept());
    }

    /** What ends somebody's wait, and is to make room for the next. */
    private enum Leaving {
        WITH_THE_SESSION {
            @Override
            void of(TestSubscriber<SharedSession> asker, KeeperFixture fixture) {
                got(asker, fixture.server.accept());
                fixture.server.session().ends(LOSS);
                fixture.pass(FIRST_PAUSE);
            }
        },
        WITH_A_FAILURE {
            @Override
            void of(TestSubscriber<SharedSession> asker, KeeperFixture fixture) {
                fixture.server.refuse(REFUSED);
                failed(asker, REFUSED);
            }
        },
        AFTER_THE_TIMEOUT {
            @Override
            void of(TestSubscriber<SharedSession> asker, KeeperFixture fixture) {
                fixture.pass(fixture.spec.waitTimeout());
                assertThat(asker.isTerminatedError()).isTrue();
            }
        },
        BY_A_CANCEL {
            @Override
            void of(TestSubscriber<SharedSession> asker, KeeperFixture fixture) {
                asker.cancel();
            }
        };

        abstract void of(TestSubscriber<SharedSession> asker, KeeperFixture fixture);
    }

    static Leaving[] everyWayToLeave() {
        return Leaving.values();
    }

    @ParameterizedTest
    @MethodSource("everyWayToLeave")
    void whoLeavesMakesRoom(Leaving leaving) {
        atMost(1, 100);
        TestSubscriber<SharedSession> first = ask(keeper.session(100));

        leaving.of(first, this);

        assertThat(keeper.health().waiting()).isZero();
        TestSubscriber<SharedSession> next = ask(keeper.session(100));
        waits(next);
        got(next, server.accept());
    }

    @Test
    void whoCancelsDoesNotDisturbTheConnect() {
        TestSubscriber<SharedSession> first = ask();
        TestSubscriber<SharedSession> other = ask();

        first.cancel();
        assertThat(server.last().isCancelled()).isFalse();
        FakeSession session = server.accept();

        assertThat(first.getReceivedOnNext()).isEmpty();
        got(other, session);
    }

    @Test
    void theConnectGoesOnEvenIfEverybodyHasLeft() {
        List.of(ask(), ask()).forEach(TestSubscriber::cancel);

        FakeSession session = server.accept();

        got(ask(), session);
        assertThat(server.attempts()).hasSize(1);
    }

    private static void timedOut(TestSubscriber<?> asker, String message) {
        assertThat(asker.expectTerminalError())
                .isInstanceOf(PlabbleConnectException.class)
                .hasMessage(message)
                .extracting(error -> ((PlabbleException) error).reason())
                .isEqualTo(Reason.TIMEOUT);
    }
}
