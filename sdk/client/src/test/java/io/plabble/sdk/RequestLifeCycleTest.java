package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

/** What becomes of requests that are cancelled, late or too many, and of those in flight when the session ends. */
class RequestLifeCycleTest extends SessionFixture {
    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aRequestCancelledAfterTheWriteKeepsItsPlaceUntilItsAnswerHasPassed(Encryption encryption) {
        PlabbleSession session = connect(client().encryption(encryption).maxRequestsInFlight(1));
        Bucket bucket = create(session);
        server.fault(FaultPoint.ANSWER, Fault.hold());
        Disposable request = bucket.put(1, "sent").subscribe();
        eventually(() -> assertThat(server.received(PacketType.PUT)).isOne());

        request.dispose();
        fails(bucket.read(), PlabbleLimitException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
            assertThat(e.requestWritten()).isFalse();
            assertThat(e.bucketId()).contains(bucket.id());
        });
        server.release();

        Flux<Slot> whenThereIsRoomAgain = bucket.read()
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(2))
                        .filter(PlabbleLimitException.class::isInstance));
        assertThat(slots(whenThereIsRoomAgain)).containsExactly(Slot.of(1, "sent"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aDeadlineFailsItsRequestAndTheLateAnswerDisturbsNobody(Encryption encryption) {
        PlabbleSession session = connect(patient().encryption(encryption));
        Bucket bucket = create(session);
        server.fault(FaultPoint.ANSWER, Fault.hold());

        isLate(PacketType.PUT, bucket.put(7, "late"), e -> {
            assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(e.requestWritten()).isTrue();
            assertThat(e.bucketId()).contains(bucket.id());
            assertThat(e).hasMessageContaining("PUT").hasMessageContaining(DEADLINE.toString());
        });
        server.release();

        assertThat(slots(bucket.read())).containsExactly(Slot.of(7, "late"));
        assertThat(session.isDisposed()).isFalse();
    }

    @Test
    void requestsBeyondThoseInFlightFailAtOnceAndThereIsRoomAgainAfterTheAnswers() {
        PlabbleSession session = connect(client().maxRequestsInFlight(2));
        Bucket bucket = create(session);
        server.fault(FaultPoint.ANSWER, Fault.hold());
        Mono<Void> first = started(bucket.put(1, "first"));
        Mono<Void> second = started(bucket.put(2, "second"));

        int remaining = session.remainingRequests();
        fails(
                bucket.put(3, "third"),
                PlabbleLimitException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS));
        fails(
                bucket.updates(),
                PlabbleLimitException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS));
        assertThat(session.remainingRequests()).isBetween(remaining - 2, remaining); // those two were on their way
        server.release();

        done(first);
        done(second);
        assertThat(slots(bucket.read())).containsExactly(Slot.of(1, "first"), Slot.of(2, "second"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void disposeFailsWhatWaitsAndSaysWhetherItWasWritten(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        server.fault(FaultPoint.ANSWER, Fault.hold());

        StepVerifier.create(bucket.put(1, "x"))
                .then(() -> eventually(
                        () -> assertThat(server.received(PacketType.PUT)).isOne()))
                .then(session::dispose)
                .expectErrorSatisfies(error -> closed(error, Why.CLOSED_BY_US, true))
                .verify(BOUND);

        StepVerifier.create(bucket.put(2, "y"))
                .expectErrorSatisfies(error -> closed(error, Why.CLOSED_BY_US, false))
                .verify(BOUND);
        StepVerifier.create(session.onClose()).expectComplete().verify(BOUND);
        StepVerifier.create(session.onClose()).expectComplete().verify(BOUND);
        assertThat(session.remainingRequests()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void thePeersCloseFailsWhatWaitsAndSaysWhetherItWasWritten(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        server.fault(FaultPoint.ANSWER, Fault.hold());

        StepVerifier.create(bucket.put(1, "x"))
                .then(() -> eventually(
                        () -> assertThat(server.received(PacketType.PUT)).isOne()))
                .then(server::closeConnections)
                .expectErrorSatisfies(error -> closed(error, Why.CLOSED_BY_PEER, true))
                .verify(BOUND);

        StepVerifier.create(bucket.put(2, "y"))
                .expectErrorSatisfies(error -> closed(error, Why.CLOSED_BY_PEER, false))
                .verify(BOUND);
        StepVerifier.create(session.onClose())
                .expectErrorSatisfies(error -> closed(error, Why.CLOSED_BY_PEER, false))
                .verify(BOUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void disposeInTheMidstOfAPacketIsStillThisEndsDoing(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        // Of the last of several answers in one write only a part is there when the first is taken.
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.append(new byte[] {19, 1})));

        StepVerifier.create(bucket.put(1, "x").doOnSuccess(nothing -> session.dispose()))
                .expectComplete()
                .verify(BOUND);

        done(session.onClose());
    }

    @Test
    void closeDoesNotWaitForAnswersThatAreOverdue() {
        PlabbleSession session = connect(patient());
        Bucket bucket = create(session);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.silence());
        isLate(PacketType.PUT, bucket.put(1, "x"), late -> {});

        started(session.close());

        done(session.onClose());
        fails(
                bucket.put(2, "y"),
                PlabbleSessionClosedException.class,
                closed -> assertThat(closed.requestWritten()).isFalse());
    }

    @Test
    void aResetFailsWhatWaits() {
        PlabbleSession session = connect(client());
        Bucket bucket = create(session);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.reset());
        StepVerifier.create(bucket.put(1, "x"))
                .expectErrorSatisfies(error -> closed(error, Why.CLOSED_BY_PEER, true))
                .verify(BOUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void closeWaitsForTheAnswersInFlightAndTakesNoMore(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        server.fault(FaultPoint.ANSWER, Fault.hold());
        Mono<Void> put = started(bucket.put(1, "x"));
        Mono<Void> close = started(session.close());

        StepVerifier.create(bucket.put(2, "y"))
                .expectErrorSatisfies(error -> closed(error, Why.CLOSED_BY_US, false))
                .verify(BOUND);
        assertThat(session.isDisposed()).isFalse();
        assertThat(session.remainingRequests()).isZero();
        server.release();

        done(put);
        done(close);
        done(session.onClose());
        assertThat(session.sharedSecret().isDestroyed()).isTrue();
        assertThat(session).extracting("exchange.protection.destroyed").isEqualTo(true);
        assertThat(session.isDisposed()).isTrue();
    }

    @Test
    void closeWaitsNoLongerThanARequestMay() {
        PlabbleSession session = connect(patient());
        Bucket bucket = create(session);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.silence());
        Mono<Void> put = started(bucket.put(1, "x"));
        Mono<Void> close = started(session.close());
        eventually(() -> assertThat(server.received(PacketType.PUT)).isOne());
        assertThat(session.isDisposed()).isFalse();

        deadlinePasses();

        done(close);
        fails(
                put,
                PlabbleTimeoutException.class,
                e -> assertThat(e.requestWritten()).isTrue());
        done(session.onClose());
    }

    @Test
    void withSessionLetsTheAnswersComeInThatAreUnderwayWhenItsWorkCompletes() {
        BucketId id = BucketId.generate(0, Set.of(io.plabble.protocol.Permission.PUBLIC_WRITE));
        server.fault(FaultPoint.ANSWER, Fault.hold());
        PlabbleClient client = client().origins(origins -> origins.withBucketIds(spec -> id));
        Mono<Void> work = started(client.withSession(session -> {
                    session.createBucket(BucketSpec.of()).subscribe();
                    return Mono.empty();
                })
                .then());
        eventually(() -> assertThat(server.received(PacketType.CREATE)).isOne());
        assertThat(server.openConnections()).isOne();
        server.release();
        done(work);
    }

    private static void closed(Throwable error, Why why, boolean written) {
        assertThat(error).isInstanceOfSatisfying(PlabbleSessionClosedException.class, closed -> {
            assertThat(closed.why()).isEqualTo(why);
            assertThat(closed.requestWritten()).isEqualTo(written);
        });
    }
}
