package io.plabble.sdk;

import static io.plabble.sdk.SessionsState.Phase.CLOSED;
import static io.plabble.sdk.SessionsState.Phase.CONNECTED;
import static io.plabble.sdk.SessionsState.Phase.CONNECTING;
import static io.plabble.sdk.SessionsState.Phase.IDLE;
import static io.plabble.sdk.SessionsState.Phase.LOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleCertificateException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** One session that everybody shares, and what becomes of it. */
class SessionsTest extends SessionsFixture {
    @Test
    void nobodyConnectsUntilSomebodyAsks() {
        PlabbleSessions sessions = sessions();
        assertThat(sessions.health().state()).isEqualTo(new SessionsState(IDLE, Optional.empty()));
        assertThat(server.accepted()).isZero();
        assertThat(sessions).hasToString("PlabbleSessions[127.0.0.1:" + relay.port() + ", IDLE]");
    }

    @Test
    void oneConnectServesAllWhoWaitAndAllWhoComeLater() {
        PlabbleSessions sessions = sessions();

        List<PlabbleSession> handedOut = Flux.range(0, 100)
                .flatMap(i -> sessions.session(), 100)
                .collectList()
                .block(BOUND);

        assertThat(handedOut).hasSize(100).containsOnly(live(sessions));
        assertThat(server.accepted()).isOne();
        assertThat(sessions.health().isUp()).isTrue();
        assertThat(sessions.health().remainingRequests()).isEqualTo(65_535);
        eventually(() -> assertThat(sessions.health().waiting()).isZero());
    }

    @Test
    void aFailedConnectFailsAllWhoWaitedAndTheNextTriesAgain() {
        PlabbleSessions sessions = sessions();
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.close());

        fails(
                sessions.session(),
                PlabbleConnectException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.CONNECTION_CLOSED));
        assertThat(server.accepted()).isOne();
        assertThat(sessions.health().state().phase()).isEqualTo(LOST);
        assertThat(sessions.health().failedAttempts()).isOne();
        server.clearFaults();

        assertThat(live(sessions).isDisposed()).isFalse();
        assertThat(server.accepted()).isEqualTo(2);
        assertThat(sessions.health().failedAttempts()).isZero();
    }

    @Test
    void nobodyWaitsLongerForASlowServerThanIsSet() {
        PlabbleSessions sessions = sessions(client(), QUICK.waitTimeout(Duration.ofMillis(50)));
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.silence());

        fails(sessions.session(), PlabbleConnectException.class, error -> {
            assertThat(error.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(error).hasMessageContaining("PT0.05S").hasMessageContaining("waitTimeout");
        });
        fails(
                sessions.createBucket(ALL_PRIVATE),
                PlabbleConnectException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.TIMEOUT));
        eventually(() -> assertThat(relay.accepted).hasValue(1)); // the second waited for the same connect
    }

    @Test
    void aLostSessionIsReplacedBeforeAnybodyAsks() {
        PlabbleSessions sessions = sessions();
        PlabbleSession first = live(sessions);

        server.closeConnections();

        eventually(() -> assertThat(live(sessions)).isNotSameAs(first));
        assertThat(sessions.health().losses()).isOne();
        assertThat(first.isDisposed()).isTrue();
    }

    @Test
    void statesAreToldAsTheyChange() {
        PlabbleSessions sessions = sessions();
        StepVerifier.create(sessions.states().map(SessionsState::phase))
                .expectNext(IDLE)
                .then(() -> live(sessions))
                .expectNext(CONNECTING, CONNECTED)
                .then(server::closeConnections)
                .expectNext(LOST, CONNECTING)
                .expectNext(CONNECTED)
                .then(() -> sessions.close().subscribe())
                .expectNext(CLOSED)
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void anAbsentServerIsWaitedForAndFoundWhenItComesBack() {
        PlabbleSessions sessions = sessions();
        LastingBucket bucket = create(sessions);

        goDown();
        Mono<Void> put = started(bucket.put(1, "meanwhile"));
        eventually(() -> assertThat(sessions.health().failedAttempts()).isGreaterThan(2));
        assertThat(sessions.health().isUp()).isFalse();
        assertThat(sessions.health().waiting()).isOne();
        comeBack();

        done(put);
        assertThat(slots(bucket.read())).containsExactly(Slot.of(1, "meanwhile"));
    }

    @Test
    void aServerThatCannotBeVerifiedAnyMoreIsNotTriedAgainUntilSomebodyAsks() {
        PlabbleSessions sessions = sessions();
        LastingBucket bucket = create(sessions);
        var follower = follow(bucket.updates());
        eventually(() -> assertThat(server.subscriptions()).hasSize(1));

        goDown();
        Mono<Void> put = started(bucket.put(1, "for the right one"));
        comeBack(PlabbleTestServer.builder().certificates(TestCertificates.forHost("127.0.0.1")));

        fails(
                put,
                PlabbleCertificateException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.UNTRUSTED_ROOT));
        endsWith(
                follower,
                PlabbleCertificateException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.UNTRUSTED_ROOT));
        assertThat(sessions.health().state().failure())
                .hasValueSatisfying(error -> assertThat(error.reason()).isEqualTo(Reason.UNTRUSTED_ROOT));
        int attempts = server.accepted();
        assertThat(attempts).isOne();
        fails(sessions.session(), PlabbleCertificateException.class, error -> {});
        assertThat(server.accepted()).isEqualTo(attempts + 1);

        goDown();
        comeBack();
        done(bucket.put(1, "for the right one"));
    }

    @Test
    void aSharedSessionThatSomebodyClosesIsReplaced() {
        PlabbleSessions sessions = sessions();
        PlabbleSession first = live(sessions);

        first.dispose();

        eventually(() -> assertThat(live(sessions)).isNotSameAs(first));
        assertThat(live(sessions).isDisposed()).isFalse();
    }

    @Test
    void closingLetsTheAnswersComeInThatAreUnderwayAndGivesOutNoMore() {
        PlabbleSessions sessions = sessions();
        LastingBucket bucket = create(sessions);
        server.fault(FaultPoint.ANSWER, Fault.hold());
        Mono<Void> put = started(bucket.put(1, "underway"));
        receives(PacketType.PUT, 1);

        Mono<Void> close = started(sessions.close());
        fails(
                sessions.session(),
                PlabbleSessionClosedException.class,
                error -> assertThat(error.why()).isEqualTo(Why.CLOSED_BY_US));
        fails(
                bucket.read(),
                PlabbleSessionClosedException.class,
                error -> assertThat(error.why()).isEqualTo(Why.CLOSED_BY_US));
        assertThat(sessions.isDisposed()).isTrue();
        server.release();

        done(put);
        done(close);
        done(sessions.close());
        assertThat(sessions.health().state().phase()).isEqualTo(CLOSED);
        assertThat(server.accepted()).isOne();
    }

    @Test
    void closingWhileConnectingClosesTheConnectionAndTellsWhoWaits() {
        PlabbleSessions sessions = sessions();
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.silence());
        Mono<PlabbleSession> waiting = started(sessions.session());
        eventually(() -> assertThat(server.openConnections()).isOne());

        done(sessions.close());

        fails(
                waiting,
                PlabbleSessionClosedException.class,
                error -> assertThat(error.why()).isEqualTo(Why.CLOSED_BY_US));
        eventually(() -> assertThat(server.openConnections()).isZero());
    }

    @Test
    void closingWhileTheServerIsAwayEndsTheAttempts() {
        PlabbleSessions sessions = sessions();
        live(sessions);
        goDown();
        eventually(() -> assertThat(sessions.health().failedAttempts()).isPositive());

        done(sessions.close());
        comeBack();

        int before = relay.accepted.get();
        fails(sessions.session(), PlabbleSessionClosedException.class, error -> {});
        assertThat(server.accepted()).isZero();
        assertThat(relay.accepted.get()).isBetween(before, before + 1); // one may have been underway to it
    }

    @Test
    void disposingFailsWhatIsUnderway() {
        PlabbleSessions sessions = sessions();
        LastingBucket bucket = create(sessions);
        var follower = follow(bucket.updates());
        eventually(() -> assertThat(server.subscriptions()).hasSize(1));
        server.fault(FaultPoint.ANSWER, Fault.hold());
        Mono<Void> append = started(bucket.append("underway"));
        receives(PacketType.APPEND, 1);

        sessions.dispose();

        fails(
                append,
                PlabbleSessionClosedException.class,
                error -> assertThat(error.requestWritten()).isTrue());
        endsWith(
                follower,
                PlabbleSessionClosedException.class,
                error -> assertThat(error.why()).isEqualTo(Why.CLOSED_BY_US));
    }
}
