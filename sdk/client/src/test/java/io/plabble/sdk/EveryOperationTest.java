package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What holds for every request alike, in both modes: cancelled before and after the write, late, and cut off. */
class EveryOperationTest extends SessionFixture {
    private static final Set<Operation> SUBSCRIBING =
            EnumSet.of(Operation.CREATE_SUBSCRIBED, Operation.UPDATES, Operation.READ_AND_FOLLOW);

    private final PlabbleSession owner = connect(client());
    private final Bucket owned = create(owner);

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void cancelledBeforeTheWriteItIsNotSent(Operation operation, Encryption encryption) throws InterruptedException {
        PlabbleSession session = connect(encryption);
        AtomicBoolean goOn = new AtomicBoolean();
        CountDownLatch busy = new CountDownLatch(1);
        Flux<Slot> before = bucketOf(session).read(0).doOnTerminate(() -> {
            busy.countDown();
            while (!goOn.get()) {} // keeps the event loop from writing
        });
        before.subscribe();
        assertThat(busy.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        long sent = server.received(operation.type());

        Disposable cancelled = start(operation, session);
        cancelled.dispose();
        goOn.set(true);

        assertStillWorks(session);
        assertThat(session.remainingRequests()).isEqualTo(65_535 - 2);
        assertThat(server.received(operation.type()) - (operation.type() == PacketType.REQUEST ? 1 : 0))
                .isEqualTo(sent);
        assertThat(server.received(PacketType.UNSUBSCRIBE)).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void cancelledAfterTheWriteItsAnswerPassesAndTheSessionGoesOn(Operation operation, Encryption encryption) {
        PlabbleSession session = connect(encryption);
        long sent = server.received(operation.type());
        server.fault(FaultPoint.ANSWER, Fault.hold());

        Disposable cancelled = start(operation, session);
        eventually(() -> assertThat(server.received(operation.type())).isEqualTo(sent + 1));
        cancelled.dispose();
        server.release();

        assertStillWorks(session);
        if (SUBSCRIBING.contains(operation)) {
            eventually(() -> assertThat(server.received(PacketType.UNSUBSCRIBE)).isOne());
            eventually(() -> assertThat(server.subscriptions()).isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void notAnsweredInTimeItFailsAndTheSessionGoesOn(Operation operation, Encryption encryption) {
        PlabbleSession session = connect(patient().encryption(encryption));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.silence()));

        isLate(operation.type(), operation.of(session, bucketOf(session)), late -> {
            assertThat(late.requestWritten()).isTrue();
            assertThat(late).hasMessageContaining(operation.type().toString());
            assertThat(late.bucketId()).isPresent();
            assertThat(late.candidate().isPresent()).isEqualTo(operation.creates());
        });

        assertThat(session.isDisposed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void cutOffByThisEndItFailsAsWritten(Operation operation, Encryption encryption) {
        cutOff(operation, encryption, Why.CLOSED_BY_US);
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void cutOffByThePeerItFailsAsWritten(Operation operation, Encryption encryption) {
        cutOff(operation, encryption, Why.CLOSED_BY_PEER);
    }

    private void cutOff(Operation operation, Encryption encryption, Why why) {
        PlabbleSession session = connect(encryption);
        long sent = server.received(operation.type());
        server.fault(FaultPoint.ANSWER, Fault.hold());

        StepVerifier.create(operation.of(session, bucketOf(session)))
                .then(() -> eventually(
                        () -> assertThat(server.received(operation.type())).isEqualTo(sent + 1)))
                .then(why == Why.CLOSED_BY_US ? session::dispose : server::closeConnections)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(PlabbleSessionClosedException.class, closed -> {
                            assertThat(closed.why()).isEqualTo(why);
                            assertThat(closed.requestWritten()).isTrue();
                            assertThat(closed.bucketId()).isPresent();
                            assertThat(closed.candidate().isPresent()).isEqualTo(operation.creates());
                        }))
                .verify(BOUND);

        fails(
                operation.of(session, bucketOf(session)),
                PlabbleSessionClosedException.class,
                closed -> assertThat(closed.requestWritten()).isFalse());
    }

    private Disposable start(Operation operation, PlabbleSession session) {
        return Flux.from(operation.of(session, bucketOf(session))).subscribe(item -> {}, error -> {});
    }

    private Bucket bucketOf(PlabbleSession session) {
        return session.bucket(owned.id(), owned.key().orElseThrow());
    }

    /** Asks for a bucket that nobody has deleted meanwhile. */
    private static void assertStillWorks(PlabbleSession session) {
        fails(
                session.bucket(BucketId.of(new byte[16])).read(),
                PlabbleServerException.class,
                refused -> assertThat(refused.code()).isEqualTo(21));
    }
}
