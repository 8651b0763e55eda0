package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.sdk.SessionsState.Phase;
import io.plabble.sdk.internal.SharedSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.subscriber.TestSubscriber;

/** What happens in the very moment of the close, as it would from several threads. */
class SessionKeeperLastMomentTest extends KeeperFixture {
    @Test
    void aSessionThatArrivesJustBeforeTheCloseIsClosed() {
        TestSubscriber<SharedSession> asker = ask();

        inOneMoment(() -> server.accept(), () -> keeper.close().subscribe());

        failedAsClosed(asker);
        everythingIsOver();
    }

    @Test
    void aSessionThatArrivesJustAfterTheCloseIsClosed() {
        TestSubscriber<SharedSession> asker = ask();

        inOneMoment(() -> keeper.close().subscribe(), () -> server.accept());

        failedAsClosed(asker);
        everythingIsOver();
    }

    @Test
    void anAttemptThatFailsInTheMomentOfTheCloseIsTheLast() {
        FakeSession lost = connectedForLong();
        lost.ends(LOSS);

        inOneMoment(() -> keeper.close().subscribe(), () -> server.refuse(REFUSED));

        everythingIsOver();
    }

    @Test
    void aSessionThatRunsLowInTheMomentOfTheCloseIsNotRenewed() {
        FakeSession session = connected();
        session.awaitsAnswers();

        inOneMoment(() -> keeper.close().subscribe(), session::runsLow);

        assertThat(server.attempts()).hasSize(1);
        session.answersHaveCome();
        everythingIsOver();
    }

    @Test
    void whoAsksJustBeforeTheCloseHearsOfIt() {
        List<TestSubscriber<SharedSession>> askers = new ArrayList<>();

        inOneMoment(
                () -> askers.add(ask(keeper.nextSession())),
                () -> keeper.close().subscribe());

        askers.forEach(KeeperFixture::failedAsClosed);
        everythingIsOver();
    }

    @Test
    void whoAsksJustAfterTheCloseHearsOfIt() {
        List<TestSubscriber<SharedSession>> askers = new ArrayList<>();

        inOneMoment(() -> keeper.close().subscribe(), () -> askers.add(ask(keeper.nextSession())));

        askers.forEach(KeeperFixture::failedAsClosed);
        everythingIsOver();
    }

    @Test
    void whoAsksJustAfterTheCloseIsGivenNoSessionThoughThereIsOne() {
        connected();
        List<TestSubscriber<SharedSession>> askers = new ArrayList<>();

        inOneMoment(() -> keeper.close().subscribe(), () -> askers.add(ask()));

        askers.forEach(KeeperFixture::failedAsClosed);
        everythingIsOver();
    }

    @Test
    void whoAsksAgainOnHearingOfTheCloseHearsOfItAgain() {
        TestSubscriber<SharedSession> persistent = ask(keeper.nextSession().retry(1));

        keeper.dispose();

        failedAsClosed(persistent);
    }

    @Test
    void whatHappensInTheMomentOfTheCloseIsNotToldAfterIt() {
        FakeSession session = connected();
        session.awaitsAnswers();
        session.runsLow();

        inOneMoment(() -> keeper.close().subscribe(), () -> server.refuse(REFUSED));

        assertThat(phase()).as("while answers are waited for").isEqualTo(Phase.CLOSED);
        session.answersHaveCome();
        everythingIsOver();
    }
}
