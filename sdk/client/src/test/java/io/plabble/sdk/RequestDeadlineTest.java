package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.Slot;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;
import reactor.test.util.RaceTestUtils;

/** A request's deadline just before, at the same time as, and just after its answer, by a clock that the test moves. */
class RequestDeadlineTest extends SessionFixture {
    private static final int ROUNDS = 25;

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void justBeforeItAnAnswerIsInTimeAndAfterTheAnswerItIsNoMore(Encryption encryption) {
        Bucket bucket = create(connect(patient().encryption(encryption)));
        server.fault(FaultPoint.ANSWER, Fault.hold());
        Mono<Void> put = started(bucket.put(1, "in time"));
        eventually(() -> assertThat(server.received(PacketType.PUT)).isOne());

        passes(DEADLINE.minusNanos(1));
        server.release();

        done(put);
        deadlinePasses();
        assertThat(slots(bucket.read())).containsExactly(Slot.of(1, "in time"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void atTheSameTimeAsTheAnswerThereIsOneOutcomeAndTheSessionGoesOn(Encryption encryption) {
        PlabbleSession session = connect(patient().encryption(encryption));
        Bucket bucket = create(session);
        done(bucket.put(1, "content"));
        for (int round = 1; round <= ROUNDS; round++) {
            int sent = round;
            server.fault(FaultPoint.ANSWER, Fault.once(Fault.hold()));
            TestSubscriber<Slot> reading = TestSubscriber.create();
            bucket.read().subscribe(reading);
            eventually(() -> assertThat(server.received(PacketType.REQUEST)).isEqualTo(sent));

            RaceTestUtils.race(server::release, SessionFixture::deadlinePasses);
            reading.block(BOUND);

            assertThat(reading.getProtocolErrors()).isEmpty();
            if (reading.isTerminatedError()) {
                assertThat(reading.expectTerminalError()).isInstanceOf(PlabbleTimeoutException.class);
                assertThat(reading.getReceivedOnNext()).isEmpty();
            } else {
                assertThat(reading.getReceivedOnNext()).isEqualTo(List.of(Slot.of(1, "content")));
            }
        }
        assertThat(session.isDisposed()).isFalse();
        assertThat(slots(bucket.read())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void eachRequestHasItsOwnThoughOneTimerServesThemAll(Encryption encryption) {
        Bucket bucket = create(connect(patient().encryption(encryption)));
        server.fault(FaultPoint.ANSWER, Fault.hold());
        Mono<Void> first = started(bucket.put(1, "sent first"));
        passes(DEADLINE.dividedBy(3));
        Mono<Void> second = started(bucket.put(2, "sent second"));
        eventually(() -> assertThat(server.received(PacketType.PUT)).isEqualTo(2));

        passes(DEADLINE.dividedBy(3).multipliedBy(2));
        fails(first, PlabbleTimeoutException.class, late -> {});
        passes(DEADLINE.dividedBy(3).minusNanos(1));
        server.release();

        done(second);
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.hold()));
        isLate(PacketType.PUT, bucket.put(3, "sent when nothing else was open"), late -> {});
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aSubscriberThatFailsFatallyLeavesTheOthersTheirs(Encryption encryption) {
        Bucket bucket = create(connect(patient().encryption(encryption)));
        server.fault(FaultPoint.ANSWER, Fault.hold());
        bucket.put(1, "first").subscribe(done -> {}, late -> {
            throw new StackOverflowError("of a subscriber");
        });
        Mono<Void> other = started(bucket.put(2, "second"));
        eventually(() -> assertThat(server.received(PacketType.PUT)).isEqualTo(2));

        deadlinePasses();

        fails(other, PlabbleTimeoutException.class, late -> {});
    }
}
