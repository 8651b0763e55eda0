package io.plabble.sdk;

import static io.plabble.protocol.PacketType.SUBSCRIBE;
import static io.plabble.protocol.PacketType.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

/** The subscription is given up when its last subscriber has gone, and only then. */
class UnsubscribeTest extends FollowingFixture {
    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void theLastToGoGivesTheSubscriptionUp(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        TestSubscriber<SlotUpdate> first = follow(bucket.updates());
        TestSubscriber<SlotUpdate> last = follow(bucket.updates(SlotRange.slot(1)));
        settle(bucket);

        first.cancel();
        settle(bucket);
        received(UNSUBSCRIBE, 0);
        assertThat(subscribed()).containsExactly(SlotRange.all());

        last.cancel();
        settle(bucket);
        receives(UNSUBSCRIBE, 1);
        assertThat(subscribed()).isEmpty();
    }

    @Test
    void anotherSessionsSubscriptionStays() {
        Bucket bucket = create(connect(Encryption.ON));
        Bucket other = elsewhere(bucket);
        TestSubscriber<SlotUpdate> staying = follow(other.updates());
        settle(other);

        TestSubscriber<SlotUpdate> leaving = follow(bucket.updates());
        settle(bucket);
        leaving.cancel();
        settle(bucket);
        done(bucket.put(1, "1"));
        settle(other);

        receives(UNSUBSCRIBE, 1);
        heard(staying, changed(1, "1"));
    }

    @Test
    void takingOneGivesItUpOnce() {
        Bucket bucket = create(connect(Encryption.ON));

        StepVerifier.create(bucket.updates().take(1))
                .then(() -> putNumbers(bucket, 1, 3))
                .expectNext(changed(1, "1"))
                .expectComplete()
                .verify(BOUND);
        settle(bucket);

        receives(UNSUBSCRIBE, 1);
        assertThat(subscribed()).isEmpty();
    }

    @Test
    void nothingMoreIsHeardOnceItIsCancelledInsideOnNext() {
        restart(PlabbleTestServer.builder().updatesOfSeveralSlots());
        Bucket bucket = create(connect(Encryption.ON));
        List<SlotUpdate> heard = new ArrayList<>();
        bucket.updates().subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnNext(SlotUpdate update) {
                heard.add(update);
                cancel();
            }
        });
        TestSubscriber<SlotUpdate> other = follow(bucket.updates());

        done(bucket.put(Slot.of(1, "1"), Slot.of(2, "2")));
        done(bucket.put(3, "3"));
        settle(bucket);

        assertThat(heard).containsExactly(changed(1, "1"));
        heard(other, numbers(1, 3));
        received(UNSUBSCRIBE, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"REQUEST_RECEIVED", "ANSWER"})
    void whoGoesBeforeTheSubscriptionIsAnsweredGivesItUpAsWell(FaultPoint held) {
        Bucket bucket = create(connect(Encryption.ON));
        server.fault(held, Fault.hold());
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates());
        receives(SUBSCRIBE, 1);

        follower.cancel();
        receives(UNSUBSCRIBE, 1);
        server.release();
        done(bucket.put(1, "1"));
        settle(bucket);

        heard(follower);
        assertThat(subscribed()).isEmpty();
    }

    @Test
    void whoComesBackSubscribesAgain() {
        Bucket bucket = create(connect(Encryption.ON));
        for (int round = 1; round <= 3; round++) {
            TestSubscriber<SlotUpdate> follower = follow(bucket.updates());
            done(bucket.put(round, "round"));
            settle(bucket);

            heard(follower, changed(round, "round"));
            received(SUBSCRIBE, round);
            follower.cancel();
            settle(bucket);
            received(UNSUBSCRIBE, round);
        }
        assertThat(subscribed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"REQUEST_RECEIVED", "ANSWER"})
    void whoComesBackWhileItIsBeingGivenUpSubscribesAgain(FaultPoint held) {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> gone = follow(bucket.updates());
        settle(bucket);
        server.fault(held, Fault.hold());
        gone.cancel();
        receives(UNSUBSCRIBE, 1);

        TestSubscriber<SlotUpdate> back = follow(bucket.updates(SlotRange.of(1, 2)));
        receives(SUBSCRIBE, 2);
        server.release();
        putNumbers(bucket, 0, 3);
        settle(bucket);

        heard(back, numbers(1, 2));
        heard(gone);
        assertThat(subscribed()).containsExactly(SlotRange.of(1, 2));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void whatWasRefusedIsNotGivenUp(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        Bucket keyless = session.bucket(bucket.id());
        Bucket unknown = session.bucket(BucketId.generate(0, ALL_PRIVATE.permissions()));

        for (SlotRange range : List.of(SlotRange.all(), SlotRange.slot(1))) {
            refused(follow(keyless.updates(range)), keyless, ErrorCode.PERMISSION_DENIED);
            refused(follow(unknown.updates(range)), unknown, ErrorCode.BUCKET_DOES_NOT_EXIST);
        }
        settle(bucket);

        received(SUBSCRIBE, 4);
        received(UNSUBSCRIBE, 0);
        assertThat(subscribed()).isEmpty();
    }

    @Test
    void whoGoesBeforeTheRefusalLeavesNothingBehind() {
        PlabbleSession session = connect(Encryption.ON);
        Bucket bucket = create(session);
        Bucket keyless = session.bucket(bucket.id());
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        TestSubscriber<SlotUpdate> follower = follow(keyless.updates());
        receives(SUBSCRIBE, 1);

        follower.cancel();
        receives(UNSUBSCRIBE, 1);
        server.release();
        settle(bucket);

        heard(follower);
        refused(follow(keyless.updates()), keyless, ErrorCode.PERMISSION_DENIED);
    }

    @Test
    void aSubscriptionThatTheServerDoesNotTakeBackServesTheNext() {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> gone = follow(bucket.updates());
        settle(bucket);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(1, "not now")));
        gone.cancel();
        done(bucket.put(1, "to nobody"));
        settle(bucket);

        TestSubscriber<SlotUpdate> next = follow(bucket.updates());
        done(bucket.put(2, "2"));
        settle(bucket);

        received(SUBSCRIBE, 1);
        heard(next, changed(2, "2"));
        next.cancel();
        settle(bucket);
        receives(UNSUBSCRIBE, 2);
        assertThat(subscribed()).isEmpty();
    }

    @Test
    void isGivenUpEvenWhenNoMoreRequestsMayBeInFlight() {
        Bucket bucket = create(connect(client().maxRequestsInFlight(2)));
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates());
        settle(bucket);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        bucket.read().subscribe();
        bucket.read().subscribe();
        fails(
                bucket.read(),
                PlabbleLimitException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS));

        follower.cancel();

        receives(UNSUBSCRIBE, 1);
        server.release();
        eventually(() -> assertThat(subscribed()).isEmpty());
    }

    @Test
    void isGivenUpEvenWhenItsKeyHasBeenErased() {
        PlabbleSession session = connect(Encryption.ON);
        Bucket bucket = create(session);
        BucketKey key = BucketKey.of(bucket.key().orElseThrow().copy());
        TestSubscriber<SlotUpdate> follower =
                follow(session.bucket(bucket.id(), key).updates());
        settle(bucket);

        key.destroy();
        follower.cancel();
        settle(bucket);

        receives(UNSUBSCRIBE, 1);
        assertThat(subscribed()).isEmpty();
    }

    @Test
    void isGivenUpAgainIfThatIsNeverAnswered() {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> gone = follow(bucket.updates());
        settle(bucket);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.silence()));
        gone.cancel();

        TestSubscriber<SlotUpdate> low = follow(bucket.updates(SlotRange.of(1, 2)));
        settle(bucket);
        TestSubscriber<SlotUpdate> high = follow(bucket.updates(SlotRange.of(3, 4)));
        putNumbers(bucket, 1, 4);
        settle(bucket);

        heard(low, numbers(1, 2));
        heard(high, numbers(3, 2));
        assertThat(subscribed()).containsExactly(SlotRange.of(1, 4));
        low.cancel();
        high.cancel();
        settle(bucket);
        receives(UNSUBSCRIBE, 2);
        assertThat(subscribed()).isEmpty();
    }

    private static void refused(TestSubscriber<SlotUpdate> follower, Bucket bucket, ErrorCode code) {
        endsWith(follower, PlabbleServerException.class, error -> {
            assertThat(error.errorCode()).contains(code);
            assertThat(error.bucketId()).contains(bucket.id());
            assertThat(error.requestWritten()).isTrue();
        });
    }
}
