package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

/** A follower on a dead path must not wait for ever. */
class ProbeTest extends FollowingFixture {
    private static final Duration SILENCE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @ParameterizedTest
    @EnumSource(
            value = Encryption.class,
            names = {"ON", "OFF"})
    void aServerThatAnswersKeepsTheSessionAndEachProbeCostsACounter(Encryption encryption) {
        PlabbleSession session = connect(client().encryption(encryption).probe(SILENCE));
        eventually(() -> assertThat(server.received(PacketType.REQUEST)).isGreaterThanOrEqualTo(3));

        assertThat(session.isDisposed()).isFalse();
        // The server may have the request before this end has noted that it is written.
        eventually(() -> assertThat(session.remainingRequests()).isLessThanOrEqualTo(65_535 - 3));
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"REQUEST_RECEIVED", "ANSWER"})
    void aServerThatDoesNotAnswerEndsTheSessionAndItsFollowers(FaultPoint point) {
        PlabbleSession session = connect(client().requestTimeout(PATIENCE).probe(SILENCE));
        TestSubscriber<SlotUpdate> follower = follow(create(session).updates());
        receives(PacketType.SUBSCRIBE, 1);
        server.fault(point, Fault.silence());

        endsWith(follower, PlabbleSessionClosedException.class, end -> {
            assertThat(end.why()).isEqualTo(Why.UNRESPONSIVE);
            assertThat(end.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(end).hasMessageContaining("probe");
        });
        StepVerifier.create(session.onClose())
                .expectErrorSatisfies(end -> assertThat(end)
                        .isInstanceOfSatisfying(
                                PlabbleSessionClosedException.class,
                                closed -> assertThat(closed.why()).isEqualTo(Why.UNRESPONSIVE)))
                .verify(BOUND);
    }

    /** Such as those of a proxy in between, which lives on. */
    @Test
    void pingsAreNoSignOfLifeOfTheServer() {
        assumeTrue(transport.isWebSocket());
        PlabbleSession session = connect(client().requestTimeout(PATIENCE).probe(SILENCE));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.silence());
        Disposable pinging = Flux.interval(Duration.ofMillis(10)).subscribe(tick -> server.ping());
        try {
            StepVerifier.create(session.onClose())
                    .expectErrorSatisfies(end -> assertThat(end)
                            .isInstanceOfSatisfying(
                                    PlabbleSessionClosedException.class,
                                    closed -> assertThat(closed.why()).isEqualTo(Why.UNRESPONSIVE)))
                    .verify(BOUND);
        } finally {
            pinging.dispose();
        }
    }

    @Test
    void whileThereIsSomethingToHearNothingIsAsked() {
        PlabbleSession session = connect(client().probe(Duration.ofDays(1)));
        create(session);
        assertThat(server.received(PacketType.REQUEST)).isZero();
    }

    @Test
    void anErrorOfAnyKindIsASignOfLife() {
        PlabbleSession session = connect(client().probe(SILENCE));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.error(1, ""));
        eventually(() -> assertThat(server.received(PacketType.REQUEST)).isGreaterThanOrEqualTo(3));
        assertThat(session.isDisposed()).isFalse();
    }

    /** Whoever closes the session does not wait for a probe, and does not hear of it. */
    @Test
    void aProbeThatIsNotAnsweredDoesNotKeepTheSessionFromClosing() {
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.silence());
        PlabbleSession session =
                connect(client().requestTimeout(BOUND.multipliedBy(2)).probe(SILENCE));
        receives(PacketType.REQUEST, 1);

        StepVerifier.create(session.close()).expectComplete().verify(BOUND);
        StepVerifier.create(session.onClose()).expectComplete().verify(BOUND);
    }

    @Test
    void probesEndWithTheCounters() {
        restart(PlabbleTestServer.builder().firstCounters(65_533, 65_533));
        PlabbleSession session = connect(client().origins(origins -> origins.withFirstCounters(65_533, 65_533))
                .probe(SILENCE));
        StepVerifier.create(session.onClose())
                .expectErrorSatisfies(end -> assertThat(end)
                        .isInstanceOfSatisfying(
                                PlabbleSessionClosedException.class,
                                closed -> assertThat(closed.why()).isEqualTo(Why.COUNTER_EXHAUSTED)))
                .verify(BOUND);
    }
}
