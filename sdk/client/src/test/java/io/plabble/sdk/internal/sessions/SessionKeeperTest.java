package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.sdk.Gap;
import io.plabble.sdk.PlabbleConnectException;
import io.plabble.sdk.SessionsHealth;
import io.plabble.sdk.SessionsState;
import io.plabble.sdk.SessionsState.Phase;
import io.plabble.sdk.internal.Exchange;
import io.plabble.sdk.internal.SharedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

/** Who asks for a session, and what is told of it. */
class SessionKeeperTest extends KeeperFixture {
    @Test
    void nothingIsConnectedBeforeSomebodyAsks() {
        Mono<SharedSession> unasked = keeper.session(0);
        pass(A_DAY);

        assertThat(server.attempts()).isEmpty();
        wentThrough(state(Phase.IDLE));
        ask(unasked);
        assertThat(server.attempts()).hasSize(1);
    }

    @Test
    void whoAsksFirstConnectsAndTheOthersShareIt() {
        List<TestSubscriber<SharedSession>> askers = List.of(ask(), ask(), ask());
        askers.forEach(KeeperFixture::waits);

        FakeSession session = server.accept();

        askers.forEach(asker -> got(asker, session));
        got(ask(), session);
        assertThat(server.attempts()).hasSize(1);
        wentThrough(state(Phase.IDLE), state(Phase.CONNECTING), state(Phase.CONNECTED));
    }

    @Test
    void aLiveSessionIsHandedOutWithoutAThreadOrATimer() {
        FakeSession session = connected();
        long scheduled = time.getScheduledTaskCount();

        got(ask(), session);
        got(ask(keeper.nextSession()), session);

        assertThat(time.getScheduledTaskCount()).isEqualTo(scheduled);
    }

    @Test
    void aFirstConnectThatFailsFailsAllWhoWaitedAndIsNotTriedAgain() {
        List<TestSubscriber<SharedSession>> askers = List.of(ask(), ask());

        server.refuse(REFUSED);

        askers.forEach(asker -> failed(asker, REFUSED));
        wentThrough(state(Phase.IDLE), state(Phase.CONNECTING), state(Phase.LOST, REFUSED));
        pass(A_DAY);
        assertThat(server.attempts()).hasSize(1);
    }

    @Test
    void whoComesAfterAFailedConnectTriesAgain() {
        ask();
        server.refuse(REFUSED);

        TestSubscriber<SharedSession> next = ask();
        FakeSession session = server.accept();

        got(next, session);
        assertThat(server.attempts()).hasSize(2);
        then(3, state(Phase.CONNECTING, REFUSED), state(Phase.CONNECTED));
    }

    @Test
    void whoAsksAgainOnHearingOfTheFailureTriesAgain() {
        TestSubscriber<SharedSession> persistent = ask(keeper.session(0).retry(1));

        server.refuse(REFUSED);
        waits(persistent);

        got(persistent, server.accept());
    }

    @Test
    void aFailureThatIsNoneOfOursIsPassedOnAsOne() {
        RuntimeException bug = new IllegalStateException("a bug");
        TestSubscriber<SharedSession> asker = ask();

        server.refuse(bug);

        assertThat(asker.expectTerminalError())
                .isInstanceOf(PlabbleConnectException.class)
                .hasMessage("this end failed: " + bug)
                .hasCause(bug);
    }

    @Test
    void theContextOfWhoAsksFirstReachesTheConnect() {
        ask(keeper.session(0).contextWrite(context -> context.put("trace", "first")));
        ask(keeper.session(0).contextWrite(context -> context.put("trace", "second")));

        assertThat(server.last().context().<String>get("trace")).isEqualTo("first");
    }

    @Test
    void oneWhoThrowsKeepsNobodyFromTheSession() {
        keeper.nextSession().subscribe(throwing());
        TestSubscriber<SharedSession> another = ask();

        got(another, server.accept());
    }

    @Test
    void whoFollowsTheStatesHearsThePresentOneFirst() {
        FakeSession session = connected();

        List<SessionsState> late = new ArrayList<>();
        keeper.journal().states().subscribe(late::add);
        assertThat(late).containsExactly(state(Phase.CONNECTED));

        session.ends(USED_UP);
        assertThat(late)
                .containsExactly(state(Phase.CONNECTED), state(Phase.LOST, USED_UP), state(Phase.CONNECTING, USED_UP));
    }

    @Test
    void whoFollowsTheStatesSlowlyHearsTheLatest() {
        TestSubscriber<SessionsState> slow =
                TestSubscriber.builder().initialRequest(1).build();
        keeper.journal().states().subscribe(slow);
        connected();
        assertThat(slow.getReceivedOnNext()).containsExactly(state(Phase.IDLE));

        slow.request(1);
        assertThat(slow.getReceivedOnNext()).containsExactly(state(Phase.IDLE), state(Phase.CONNECTED));

        keeper.dispose();
        slow.request(1);
        assertThat(slow.getReceivedOnNext()).endsWith(state(Phase.CLOSED)).hasSize(3);
        assertThat(slow.isTerminatedComplete()).isTrue();
    }

    @Test
    void oneWhoFollowsTheStatesAndThrowsDoesNotDisturb() {
        keeper.journal().states().filter(SessionsState::isUp).subscribe(throwing());

        got(ask(), connected());

        wentThrough(state(Phase.IDLE), state(Phase.CONNECTING), state(Phase.CONNECTED));
    }

    @Test
    void oneWhoThrowsKeepsNobodyFromTheFailure() {
        keeper.nextSession().subscribe(throwing());
        TestSubscriber<SharedSession> another = ask();

        server.refuse(REFUSED);

        failed(another, REFUSED);
    }

    @Test
    void healthTellsHowManyWait() {
        ask();
        ask().cancel();
        ask();

        assertThat(keeper.health().waiting()).isEqualTo(2);
        server.accept();
        assertThat(keeper.health().waiting()).isZero();
    }

    @Test
    void healthTellsHowManyRequestsAreLeft() {
        assertThat(keeper.health().remainingRequests()).isZero();

        FakeSession session = connected();
        assertThat(keeper.health().remainingRequests()).isEqualTo(Exchange.COUNTERS);

        session.has(60_000);
        assertThat(keeper.health().remainingRequests()).isEqualTo(60_000);

        session.ends(LOSS);
        assertThat(keeper.health().remainingRequests()).isZero();
    }

    @Test
    void healthCountsWhatHasHappened() {
        assertThat(keeper.health()).isEqualTo(health(state(Phase.IDLE), 0, 0, 0, 0, 0, 0));

        FakeSession first = connectedForLong();
        server.refuses(REFUSED);
        first.ends(LOSS);
        pass(FIRST_PAUSE);
        assertThat(keeper.health()).isEqualTo(health(state(Phase.LOST, REFUSED), 0, 2, 0, 1, 0, 0));

        server.accepts();
        pass(LONGEST_PAUSE);
        server.session().runsLow();
        keeper.journal().repeated(PacketType.PUT, LOSS);
        keeper.journal().repeated(PacketType.REQUEST, LOSS);
        keeper.journal().repeated(PacketType.REQUEST, LOSS);
        keeper.journal()
                .gapBridged(BucketId.generate(0, Set.of()), new Gap(Optional.of(LOSS), Duration.ofSeconds(1), 7));
        assertThat(keeper.health()).isEqualTo(health(state(Phase.CONNECTED), Exchange.COUNTERS, 0, 1, 1, 3, 1));
        assertThat(keeper.health().isUp()).isTrue();
    }

    private static SessionsHealth health(
            SessionsState state, int remaining, long failed, long renewals, long losses, long repeats, long gaps) {
        return new SessionsHealth(state, remaining, 0, failed, renewals, losses, repeats, gaps);
    }

    /** Breaks every rule there is for subscribers. */
    private static <T> CoreSubscriber<T> throwing() {
        return new CoreSubscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(T item) {
                throw new IllegalStateException("thrown on purpose");
            }

            @Override
            public void onError(Throwable error) {
                throw new IllegalStateException("thrown on purpose", error);
            }

            @Override
            public void onComplete() {
                throw new IllegalStateException("thrown on purpose");
            }
        };
    }
}
