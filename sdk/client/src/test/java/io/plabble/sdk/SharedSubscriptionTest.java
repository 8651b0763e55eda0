package io.plabble.sdk;

import static io.plabble.protocol.PacketType.SUBSCRIBE;
import static io.plabble.protocol.PacketType.UNSUBSCRIBE;
import static io.plabble.protocol.Permission.PRIVATE_WRITE;
import static io.plabble.protocol.Permission.PUBLIC_READ;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.subscriber.TestSubscriber;

/** The connection has one subscription to a bucket, and its subscribers share it. */
class SharedSubscriptionTest extends FollowingFixture {
    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void coversWhatAnyoneWantsAndEachHearsOfItsOwnRange(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        TestSubscriber<SlotUpdate> low = follow(bucket.updates(SlotRange.of(1, 3)));
        TestSubscriber<SlotUpdate> high = follow(bucket.updates(SlotRange.of(10, 12)));
        TestSubscriber<SlotUpdate> middle = follow(bucket.updates(SlotRange.of(3, 10)));

        putNumbers(bucket, 0, 14);
        settle(bucket);

        received(SUBSCRIBE, 2);
        assertThat(subscribed()).containsExactly(SlotRange.of(1, 12));
        heard(low, numbers(1, 3));
        heard(high, numbers(10, 3));
        heard(middle, numbers(3, 8));
    }

    @Test
    void aRangeThatIsCoveredCostsNoRequest() {
        Bucket bucket = create(connect(Encryption.ON));
        follow(bucket.updates(SlotRange.from(2)));
        settle(bucket);
        List<TestSubscriber<SlotUpdate>> covered = Flux.range(2, 5)
                .map(index -> follow(bucket.updates(SlotRange.slot(index))))
                .collectList()
                .block(BOUND);

        putNumbers(bucket, 2, 5);
        settle(bucket);

        received(SUBSCRIBE, 1);
        for (int i = 0; i < covered.size(); i++) {
            heard(covered.get(i), numbers(2 + i, 1));
        }
    }

    @Test
    void aRangeThatIsAboutToBeCoveredCostsNoRequest() {
        Bucket bucket = create(connect(Encryption.ON));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        TestSubscriber<SlotUpdate> first = follow(bucket.updates());
        TestSubscriber<SlotUpdate> second = follow(bucket.updates(SlotRange.slot(2)));
        receives(SUBSCRIBE, 1);

        server.release();
        putNumbers(bucket, 1, 2);
        settle(bucket);

        received(SUBSCRIBE, 1);
        heard(first, numbers(1, 2));
        heard(second, numbers(2, 1));
    }

    @Test
    void isNotGivenUpByTheFirstToGoBeforeTheAnswer() {
        Bucket bucket = create(connect(Encryption.ON));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        TestSubscriber<SlotUpdate> first = follow(bucket.updates());
        TestSubscriber<SlotUpdate> second = follow(bucket.updates());
        receives(SUBSCRIBE, 1);

        first.cancel();
        server.release();
        putNumbers(bucket, 1, 2);
        settle(bucket);

        heard(first);
        heard(second, numbers(1, 2));
        received(UNSUBSCRIBE, 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void nobodyMissesAnythingWhileItIsWidened(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        Bucket writer = elsewhere(bucket);
        TestSubscriber<SlotUpdate> staying = follow(bucket.updates(SlotRange.of(1_000, 1_299)));
        settle(bucket);

        done(Flux.range(0, 300)
                .concatMap(number -> {
                    if (number % 10 == 0) {
                        SlotRange wider = SlotRange.of(1_000 - number, 1_400 + number);
                        bucket.updates(wider).take(5).onErrorComplete().subscribe();
                    }
                    return writer.put(1_000 + number, String.valueOf(1_000 + number));
                })
                .then());
        settle(writer);
        settle(bucket);

        heard(staying, numbers(1_000, 300));
        assertThat(server.received(SUBSCRIBE)).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void whoHasNoKeyIsRefusedWhateverTheKeyholderHasSubscribedTo(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        TestSubscriber<SlotUpdate> keyed = follow(bucket.updates());
        settle(bucket);

        for (Flux<SlotUpdate> keyless : List.of(
                session.bucket(bucket.id()).updates(SlotRange.slot(1)),
                session.bucket(bucket.id()).readAndFollow(SlotRange.slot(1)))) {
            TestSubscriber<SlotUpdate> follower = follow(keyless);
            endsWith(
                    follower,
                    PlabbleServerException.class,
                    error -> assertThat(error.errorCode()).contains(ErrorCode.PERMISSION_DENIED));
            assertThat(follower.getReceivedOnNext()).isEmpty();
        }
        putNumbers(bucket, 1, 2);
        settle(bucket);

        heard(keyed, numbers(1, 2));
        received(SUBSCRIBE, 3);
        received(UNSUBSCRIBE, 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void whoHasTheWrongKeyIsRefusedWhateverTheKeyholderHasSubscribedTo(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        Bucket wrong = session.bucket(bucket.id(), create(session).key().orElseThrow());
        TestSubscriber<SlotUpdate> keyed = follow(bucket.updates());
        settle(bucket);

        endsWith(
                follow(wrong.updates()),
                PlabbleServerException.class,
                error -> assertThat(error.errorCode()).contains(ErrorCode.AUTHENTICATION_FAILED));
        putNumbers(bucket, 1, 2);
        settle(bucket);

        heard(keyed, numbers(1, 2));
        received(UNSUBSCRIBE, 0);
    }

    @Test
    void servesThoseWithAndWithoutTheKeyOfABucketThatEverybodyMayRead() {
        PlabbleSession session = connect(Encryption.ON);
        Bucket bucket = create(session, BucketSpec.of(PUBLIC_READ, PRIVATE_WRITE));
        TestSubscriber<SlotUpdate> keyed = follow(bucket.updates(SlotRange.of(1, 2)));
        TestSubscriber<SlotUpdate> keyless = follow(session.bucket(bucket.id()).updates(SlotRange.of(2, 3)));
        TestSubscriber<SlotUpdate> keyedAgain = follow(bucket.updates(SlotRange.slot(3)));

        putNumbers(bucket, 0, 5);
        settle(bucket);

        heard(keyed, numbers(1, 2));
        heard(keyless, numbers(2, 2));
        heard(keyedAgain, numbers(3, 1));
        keyed.cancel();
        keyedAgain.cancel();
        settle(bucket);
        received(UNSUBSCRIBE, 0);
        keyless.cancel();
        settle(bucket);
        receives(UNSUBSCRIBE, 1);
        assertThat(subscribed()).isEmpty();
    }

    @Test
    void theSameKeyReadBackIsTheSame() {
        PlabbleSession session = connect(Encryption.ON);
        Bucket bucket = create(session);
        follow(bucket.updates());
        Bucket again = session.bucket(
                bucket.id(), BucketKey.of(bucket.key().orElseThrow().copy()));

        TestSubscriber<SlotUpdate> follower = follow(again.updates());
        putNumbers(bucket, 1, 1);
        settle(bucket);

        heard(follower, numbers(1, 1));
        received(SUBSCRIBE, 1);
    }

    @Test
    void wideningThatIsRefusedIsHeardOnlyByWhoAskedForIt() {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> narrow = follow(bucket.updates(SlotRange.of(1, 2)));
        settle(bucket);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(1, "not now")));

        endsWith(
                follow(bucket.updates(SlotRange.of(3, 4))),
                PlabbleServerException.class,
                error -> assertThat(error.code()).isEqualTo(1));
        putNumbers(bucket, 1, 1);
        TestSubscriber<SlotUpdate> wide = follow(bucket.updates(SlotRange.of(3, 4)));
        putNumbers(bucket, 2, 2);
        settle(bucket);

        heard(narrow, numbers(1, 2));
        heard(wide, numbers(3, 1));
        received(SUBSCRIBE, 3);
        received(UNSUBSCRIBE, 0);
    }

    @Test
    void oneMayComeWhileAnotherIsBeingTold() {
        Bucket bucket = create(connect(Encryption.ON));
        AtomicReference<TestSubscriber<SlotUpdate>> inside = new AtomicReference<>();
        List<SlotUpdate> outside = new ArrayList<>();
        bucket.updates().onErrorComplete().doOnNext(outside::add).subscribe(update -> {
            if (inside.get() == null) {
                inside.set(follow(bucket.updates()));
            }
        });
        TestSubscriber<SlotUpdate> later = follow(bucket.updates());

        done(bucket.put(Slot.of(1, "1")));
        putNumbers(bucket, 2, 2);
        settle(bucket);

        assertThat(outside).isEqualTo(numbers(1, 3));
        heard(later, numbers(1, 3));
        heard(inside.get(), numbers(2, 2));
    }

    @Test
    void oneMaySendAnotherAwayWhileItIsBeingTold() {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> sentAway = TestSubscriber.create();
        List<SlotUpdate> heard = new ArrayList<>();
        bucket.updates().onErrorComplete().doOnNext(heard::add).subscribe(update -> sentAway.cancel());
        bucket.updates().subscribe(sentAway);

        putNumbers(bucket, 1, 2);
        settle(bucket);

        assertThat(heard).isEqualTo(numbers(1, 2));
        heard(sentAway);
        received(UNSUBSCRIBE, 0);
    }

    @Test
    void whoseConsumerFailsLeavesAlone() {
        Bucket bucket = create(connect(Encryption.ON));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        bucket.updates()
                .subscribe(
                        update -> {
                            throw new IllegalStateException("the consumer's own");
                        },
                        failure::set);
        TestSubscriber<SlotUpdate> other = follow(bucket.updates());

        putNumbers(bucket, 1, 2);
        settle(bucket);

        assertThat(failure.get()).hasMessage("the consumer's own");
        heard(other, numbers(1, 2));
        other.cancel();
        settle(bucket);
        receives(UNSUBSCRIBE, 1);
    }
}
