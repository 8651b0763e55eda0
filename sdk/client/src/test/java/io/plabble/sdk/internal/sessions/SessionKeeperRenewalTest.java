package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.sdk.SessionsState.Phase;
import io.plabble.sdk.internal.SharedSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.subscriber.TestSubscriber;

/** A session is replaced before its counters are used up. */
class SessionKeeperRenewalTest extends KeeperFixture {
    @ParameterizedTest
    @CsvSource({"0.1, 6553", "0.5, 32767", "0.0000001, 1"})
    void aSessionIsRenewedWhenThisPartOfItsCountersIsLeft(double part, int left) {
        keep(spec.renewAt(part), limits);
        FakeSession session = connected();

        assertThat(session.lowWater()).isEqualTo(left);
        session.has(left + 1);
        assertThat(server.attempts()).hasSize(1);
        session.has(left);
        assertThat(server.attempts()).hasSize(2);
    }

    @Test
    void theOldSessionIsHandedOutUntilThereIsTheNew() {
        FakeSession old = connected();

        old.runsLow();
        got(ask(), old);
        FakeSession renewed = server.accept();

        got(ask(), renewed);
        wentThrough(
                state(Phase.IDLE),
                state(Phase.CONNECTING),
                state(Phase.CONNECTED),
                state(Phase.RENEWING),
                state(Phase.CONNECTED));
        assertThat(keeper.health().renewals()).isOne();
        assertThat(keeper.health().losses()).isZero();
    }

    @Test
    void theOldSessionRetiresAndIsClosedAfterItsLastAnswer() {
        FakeSession old = connected();
        old.awaitsAnswers();
        old.runsLow();
        assertThat(old.told()).isEmpty();

        server.accept();
        assertThat(old.told()).containsExactly("retire");
        assertThat(server.attempts().get(0).isCancelled()).isFalse();

        old.answersHaveCome();
        assertThat(server.attempts().get(0).isCancelled()).isTrue();
        assertThat(server.attempts()).as("its end is no loss").hasSize(2);
        assertThat(states).endsWith(state(Phase.CONNECTED));
        keeper.close().subscribe();
        assertThat(old.told()).as("it is forgotten").containsExactly("retire");
    }

    @Test
    void aRetiringSessionMayBreak() {
        FakeSession old = connected();
        old.awaitsAnswers();
        old.runsLow();
        FakeSession renewed = server.accept();

        old.ends(LOSS);

        got(ask(), renewed);
        assertThat(keeper.health().losses()).isZero();
        assertThat(server.attempts()).hasSize(2);
    }

    @Test
    void everySuccessorIsRenewedInItsTurn() {
        connected();
        server.accepts();

        for (int renewal = 0; renewal < 5; renewal++) {
            server.session().runsLow();
        }

        assertThat(server.attempts()).hasSize(6);
        assertThat(server.sessions()).filteredOn(FakeSession::isDisposed).hasSize(5);
        assertThat(keeper.health().renewals()).isEqualTo(5);
        got(ask(), server.session());
    }

    @Test
    void aRenewalThatMaySucceedLaterIsTriedAgainWhileTheOldSessionGoesOn() {
        FakeSession old = connected();
        old.runsLow();

        server.refuse(REFUSED);
        got(ask(), old);
        pass(FIRST_PAUSE);
        got(ask(), old);
        FakeSession renewed = server.accept();

        got(ask(), renewed);
        then(
                3,
                state(Phase.RENEWING),
                state(Phase.RENEWING, REFUSED),
                state(Phase.RENEWING, REFUSED),
                state(Phase.CONNECTED));
        assertThat(server.times()).containsExactly(Duration.ZERO, Duration.ZERO, FIRST_PAUSE);
    }

    @Test
    void aSuccessorThatHasEndedAsItArrivesIsAFailedAttemptToRenew() {
        FakeSession old = connected();
        old.runsLow();

        inOneMoment(() -> server.accept().ends(LOSS));
        got(ask(), old);
        assertThat(server.attempts().get(1).isCancelled()).isTrue();
        assertThat(keeper.health().failedAttempts()).isOne();
        pass(FIRST_PAUSE);
        inOneMoment(() -> server.accept().ends(USED_UP));
        got(ask(), old);
        pass(FIRST_PAUSE.multipliedBy(2));
        FakeSession renewed = server.accept();

        got(ask(), renewed);
        assertThat(old.told()).containsExactly("retire");
        then(
                3,
                state(Phase.RENEWING),
                state(Phase.RENEWING, LOSS),
                state(Phase.RENEWING, LOSS),
                state(Phase.RENEWING, USED_UP),
                state(Phase.RENEWING, USED_UP),
                state(Phase.CONNECTED));
        assertThat(keeper.health().losses()).isZero();
        assertThat(keeper.health().renewals()).isOne();
        assertThat(server.times())
                .containsExactly(Duration.ZERO, Duration.ZERO, FIRST_PAUSE, FIRST_PAUSE.multipliedBy(3));
    }

    @Test
    void theOldSessionStaysWhileTheEndOfItsSuccessorIsNotToldYet() {
        FakeSession old = connected();
        old.runsLow();

        inOneMoment(() -> server.accept().breaks());
        got(ask(), old);
        assertThat(server.attempts()).hasSize(2);
        server.session().ends(LOSS);
        pass(FIRST_PAUSE);
        FakeSession renewed = server.accept();

        got(ask(), renewed);
    }

    @Test
    void aSuccessorThatHasEndedAsItArrivesIsLostLikeAnyOtherIfTheOldSessionHasEnded() {
        FakeSession old = connected();
        old.runsLow();

        inOneMoment(() -> old.ends(LOSS), () -> server.accept().ends(LOSS));

        assertThat(keeper.health().losses()).isEqualTo(2);
        pass(FIRST_PAUSE.multipliedBy(2));
        got(ask(), server.accept());
    }

    @Test
    void aLossInThePauseOfARenewalDoesNotWaitForIt() {
        FakeSession old = connectedForLong();
        old.runsLow();
        server.refuse(REFUSED);
        TestSubscriber<SharedSession> asker = ask();
        got(asker, old);

        old.ends(LOSS);

        FakeSession next = server.accept();
        got(ask(), next);
        assertThat(server.times()).containsExactly(Duration.ZERO, LONGEST_PAUSE, LONGEST_PAUSE);
    }

    @Test
    void aRenewalThatWillNotSucceedLaterIsNotTriedAgainWhileTheOldSessionGoesOn() {
        FakeSession old = connected();
        old.runsLow();

        server.refuse(UNTRUSTED);
        pass(A_DAY);

        got(ask(), old);
        assertThat(server.attempts()).hasSize(2);
        then(3, state(Phase.RENEWING), state(Phase.CONNECTED, UNTRUSTED));
    }

    @Test
    void aSessionWithoutASuccessorGivesAllThatItHas() {
        FakeSession old = connected();
        old.has(1);
        TestSubscriber<SharedSession> waiting = ask();
        waits(waiting);

        server.refuse(UNTRUSTED);

        got(waiting, old);
        got(ask(), old);
        assertThat(server.attempts()).as("nobody needs another").hasSize(2);
        old.has(0);
        ask();
        assertThat(server.attempts()).hasSize(3);
    }

    @Test
    void atTheEndOfTheOldSessionWhoAsksHearsWhyThereIsNoOther() {
        FakeSession old = connected();
        old.runsLow();
        server.refuses(UNTRUSTED);
        server.refuse(UNTRUSTED);

        old.ends(USED_UP);
        failed(ask(), UNTRUSTED);
        pass(A_DAY);

        then(
                5,
                state(Phase.LOST, USED_UP),
                state(Phase.CONNECTING, USED_UP),
                state(Phase.LOST, UNTRUSTED),
                state(Phase.CONNECTING, UNTRUSTED),
                state(Phase.LOST, UNTRUSTED));
        assertThat(server.attempts()).as("one at its end, one for who asked").hasSize(4);
    }

    @Test
    void aRenewalThatWasGivenUpIsTriedAgainForWhoeverFindsNoCountersLeft() {
        FakeSession old = connected();
        old.awaitsAnswers();
        old.runsLow();
        server.refuse(UNTRUSTED);
        old.has(0); // and its last answers are underway

        TestSubscriber<SharedSession> first = ask();
        TestSubscriber<SharedSession> second = ask();
        assertThat(server.attempts()).hasSize(3);
        FakeSession renewed = server.accept();

        got(first, renewed);
        got(second, renewed);
        assertThat(old.told()).containsExactly("retire");
    }

    @Test
    void theOldSessionMayBeLostBeforeThereIsTheNew() {
        FakeSession old = connected();
        old.runsLow();

        old.ends(LOSS);
        TestSubscriber<SharedSession> asker = ask();
        waits(asker);
        assertThat(server.attempts()).as("the one that is underway will do").hasSize(2);
        FakeSession renewed = server.accept();

        got(asker, renewed);
        assertThat(old.told()).isEmpty();
        assertThat(server.attempts().get(0).isCancelled()).isTrue();
        assertThat(keeper.health().losses()).isOne();
        then(4, state(Phase.LOST, LOSS), state(Phase.CONNECTING, LOSS), state(Phase.CONNECTED));
    }

    @Test
    void theOldSessionMayBeLostBetweenAttemptsToRenewIt() {
        FakeSession old = connected();
        old.runsLow();
        server.refuse(REFUSED);

        old.ends(LOSS);
        TestSubscriber<SharedSession> asker = ask();
        assertThat(server.attempts()).hasSize(2);
        pass(FIRST_PAUSE);

        got(asker, server.accept());
        then(
                4,
                state(Phase.RENEWING, REFUSED),
                state(Phase.LOST, LOSS),
                state(Phase.CONNECTING, LOSS),
                state(Phase.CONNECTED));
    }

    @Test
    void whenItsLastCountersAreUsedUpBeforeThereIsTheNewPeopleWait() {
        FakeSession old = connected();
        old.runsLow();
        old.has(0);

        TestSubscriber<SharedSession> asker = ask();
        waits(asker);
        assertThat(server.attempts()).hasSize(2);
        FakeSession renewed = server.accept();

        got(asker, renewed);
        assertThat(old.told()).containsExactly("retire");
    }

    @Test
    void halfOfItsLastCountersAreForWhatIsUnderway() {
        FakeSession old = connected();
        old.runsLow();

        old.has(old.lowWater() / 2 + 1);
        got(ask(), old);
        old.has(old.lowWater() / 2);
        TestSubscriber<SharedSession> asker = ask();
        waits(asker);

        got(asker, server.accept());
    }

    @Test
    void whoFindsNoCountersLeftBeforeItIsToldRenewsTheSession() {
        FakeSession old = connected();
        old.hasNotToldThatItHas(0);

        TestSubscriber<SharedSession> asker = ask();
        old.tellsIfItIsLow();
        FakeSession renewed = server.accept();

        got(asker, renewed);
        assertThat(server.attempts()).as("once").hasSize(2);
    }

    @Test
    void whatIsToldOfTheOldSessionTooLateDoesNotRenewTheNew() {
        FakeSession old = connected();
        old.hasNotToldThatItHas(0);
        TestSubscriber<SharedSession> asker = ask();

        inOneMoment(server::accept, old::tellsIfItIsLow);

        got(asker, server.session());
        assertThat(server.attempts()).hasSize(2);
    }

    @Test
    void aSessionThatEndsUsedUpBeforeThereIsTheNewIsNotALoss() {
        FakeSession old = connected();
        old.runsLow();

        old.ends(USED_UP);
        TestSubscriber<SharedSession> asker = ask();
        FakeSession renewed = server.accept();

        got(asker, renewed);
        assertThat(server.attempts()).hasSize(2);
        assertThat(keeper.health().losses()).isZero();
        assertThat(keeper.health().renewals()).isOne();
    }

    @Test
    void aSessionThatEndsUsedUpIsReplacedAtOnceHoweverShortItsLife() {
        server.accepts();
        ask();

        for (int renewal = 0; renewal < 5; renewal++) {
            server.session().ends(USED_UP);
        }

        assertThat(server.times()).hasSize(6).containsOnly(Duration.ZERO);
        assertThat(keeper.health().losses()).isZero();
        assertThat(keeper.health().renewals()).isEqualTo(5);
        server.session().ends(LOSS);
        pass(FIRST_PAUSE);
        assertThat(server.times()).as("none of them was a failure").endsWith(FIRST_PAUSE);
    }
}
