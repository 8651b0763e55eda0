package io.plabble.sdk;

import static io.plabble.protocol.PacketType.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.PlabbleTestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

/** What a subscriber that asks for less than comes gets: exactly its demand, and exactly its buffer. */
class UpdateOverflowTest extends FollowingFixture {
    @ParameterizedTest
    @CsvSource({"0,4", "1,4", "3,4", "4,4", "5,4", "0,1", "1,1", "2,1"})
    void whatTheBufferHoldsIsKeptUntilItIsAskedFor(int demand, int buffer) {
        Bucket bucket = create(connect(client().updateBuffer(buffer)));
        TestSubscriber<SlotUpdate> slow = follow(bucket.updates(), demand);

        putNumbers(bucket, 0, demand + buffer);
        settle(bucket);

        heard(slow, numbers(0, demand));
        slow.request(1);
        heard(slow, numbers(0, demand + 1));
        putNumbers(bucket, demand + buffer, 1);
        settle(bucket);
        slow.request(Long.MAX_VALUE);
        heard(slow, numbers(0, demand + buffer + 1));
        putNumbers(bucket, demand + buffer + 1, 1);
        settle(bucket);
        heard(slow, numbers(0, demand + buffer + 2));
        received(UNSUBSCRIBE, 0);
    }

    @ParameterizedTest
    @CsvSource({"0,4", "1,4", "3,4", "4,4", "5,4", "0,1", "1,1", "2,1"})
    void oneMoreFailsItAfterWhatIsBuffered(int demand, int buffer) {
        Bucket bucket = create(connect(client().updateBuffer(buffer)));
        TestSubscriber<SlotUpdate> slow = follow(bucket.updates(), demand);

        putNumbers(bucket, 0, demand + buffer + 2);
        settle(bucket);

        heard(slow, numbers(0, demand));
        receives(UNSUBSCRIBE, 1); // nobody can use what else would come
        assertThat(subscribed()).isEmpty();
        slow.request(buffer);
        assertThat(slow.getReceivedOnNext()).isEqualTo(numbers(0, demand + buffer));
        endsWith(slow, PlabbleLimitException.class, error -> {
            assertThat(error.reason()).isEqualTo(Reason.SUBSCRIBER_OVERFLOW);
            assertThat(error.bucketId()).contains(bucket.id());
            assertThat(error).hasMessageContaining("more than " + buffer + " updates");
        });
    }

    @ParameterizedTest
    @CsvSource({"0,4", "1,4", "3,4", "4,4", "5,4", "0,1", "1,1", "2,1"})
    void orTheOldestAreDropped(int demand, int buffer) {
        Bucket bucket = create(connect(client().updateBuffer(buffer).updateOverflow(UpdateOverflow.DROP_OLDEST)));
        TestSubscriber<SlotUpdate> slow = follow(bucket.updates(), demand);

        putNumbers(bucket, 0, demand + buffer + 3);
        settle(bucket);
        slow.request(Long.MAX_VALUE);

        heard(slow, both(numbers(0, demand), numbers(demand + 3, buffer)));
        putNumbers(bucket, 100, 1);
        settle(bucket);
        heard(slow, both(both(numbers(0, demand), numbers(demand + 3, buffer)), numbers(100, 1)));
    }

    @ParameterizedTest
    @CsvSource({"0,4", "1,4", "3,4", "4,4", "5,4", "0,1", "1,1", "2,1"})
    void orTheLatestAreDropped(int demand, int buffer) {
        Bucket bucket = create(connect(client().updateBuffer(buffer).updateOverflow(UpdateOverflow.DROP_LATEST)));
        TestSubscriber<SlotUpdate> slow = follow(bucket.updates(), demand);

        putNumbers(bucket, 0, demand + buffer + 3);
        settle(bucket);
        slow.request(Long.MAX_VALUE);

        heard(slow, numbers(0, demand + buffer));
        putNumbers(bucket, 100, 1);
        settle(bucket);
        heard(slow, both(numbers(0, demand + buffer), numbers(100, 1)));
    }

    @ParameterizedTest
    @EnumSource
    void theBytesOfWhatWaitsAreBoundedAsWell(UpdateOverflow overflow) {
        Bucket bucket = create(connect(client().updateBufferBytes(10).updateOverflow(overflow)));
        TestSubscriber<SlotUpdate> slow = follow(bucket.updates(), 0);
        String alone = "eleven byte";

        done(bucket.put(1, alone));
        done(bucket.put(2, "2"));
        settle(bucket);
        slow.request(Long.MAX_VALUE);

        switch (overflow) {
            case FAIL -> {
                endsWith(
                        slow,
                        PlabbleLimitException.class,
                        error -> assertThat(error)
                                .hasMessageContaining("10 bytes")
                                .hasMessageContaining("updateBufferBytes"));
                assertThat(slow.getReceivedOnNext()).containsExactly(changed(1, alone));
            }
            case DROP_OLDEST -> heard(slow, changed(2, "2"));
            case DROP_LATEST -> heard(slow, changed(1, alone));
        }
    }

    @Test
    void theSlotsOfOneUpdateCountEachForItself() {
        restart(PlabbleTestServer.builder().updatesOfSeveralSlots());
        Bucket bucket = create(connect(client().updateBuffer(2)));
        TestSubscriber<SlotUpdate> slow = follow(bucket.updates(), 1);

        done(bucket.put(Slot.of(0, "0"), Slot.of(1, "1"), Slot.of(2, "2"), Slot.of(3, "3")));
        settle(bucket);
        slow.request(2);

        endsWith(slow, PlabbleLimitException.class, error -> {});
        assertThat(slow.getReceivedOnNext()).isEqualTo(numbers(0, 3));
    }

    @Test
    void whatIsOutsideItsRangeDoesNotFillItsBuffer() {
        Bucket bucket = create(connect(client().updateBuffer(2)));
        TestSubscriber<SlotUpdate> wide = follow(bucket.updates());
        TestSubscriber<SlotUpdate> slow = follow(bucket.updates(SlotRange.from(8)), 0);

        putNumbers(bucket, 0, 10);
        settle(bucket);
        slow.request(2);

        heard(wide, numbers(0, 10));
        heard(slow, numbers(8, 2));
    }

    @Test
    void othersGoOn() {
        Bucket bucket = create(connect(client().updateBuffer(2)));
        TestSubscriber<SlotUpdate> slow = follow(bucket.updates(), 0);
        TestSubscriber<SlotUpdate> quick = follow(bucket.updates());
        TestSubscriber<SlotUpdate> later = follow(bucket.updates(), 1);

        putNumbers(bucket, 0, 3);
        settle(bucket);
        slow.request(2);

        endsWith(slow, PlabbleLimitException.class, error -> {});
        heard(quick, numbers(0, 3));
        later.request(2);
        heard(later, numbers(0, 3));
        received(UNSUBSCRIBE, 0);
        quick.cancel();
        later.cancel();
        settle(bucket);
        receives(UNSUBSCRIBE, 1);
    }

    @Test
    void itMayComeBackInsideTheFailure() {
        Bucket bucket = create(connect(client().updateBuffer(2)));
        TestSubscriber<SlotUpdate> slow = follow(bucket.updates().retry(1), 0);
        putNumbers(bucket, 0, 3);
        settle(bucket);
        receives(UNSUBSCRIBE, 1);

        slow.request(Long.MAX_VALUE);
        putNumbers(bucket, 10, 2);
        settle(bucket);

        heard(slow, both(numbers(0, 2), numbers(10, 2)));
        assertThat(subscribed()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aSubscriberThatAsksForNothingStallsNothing(Encryption encryption) {
        Bucket bucket = create(connect(client().encryption(encryption)));
        Bucket writer = elsewhere(bucket);
        TestSubscriber<SlotUpdate> stalled = follow(bucket.updates(), 0);
        TestSubscriber<SlotUpdate> quick = follow(bucket.updates());
        settle(bucket);

        Mono<Void> writing = puttingNumbers(writer, 0, 2_000);
        Mono<Void> reading = Flux.range(0, 200)
                .concatMap(number -> bucket.read(SlotRange.of(0, 9)))
                .then();
        done(Mono.when(writing, reading));
        settle(bucket);

        heard(quick, numbers(0, 2_000));
        stalled.request(256);
        endsWith(stalled, PlabbleLimitException.class, error -> {});
        assertThat(stalled.getReceivedOnNext()).isEqualTo(numbers(0, 256));
    }
}
