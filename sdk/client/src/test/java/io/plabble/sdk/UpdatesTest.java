package io.plabble.sdk;

import static io.plabble.protocol.PacketType.SUBSCRIBE;
import static io.plabble.protocol.PacketType.UNSUBSCRIBE;
import static io.plabble.protocol.PacketType.WIPE;
import static io.plabble.protocol.Permission.PRIVATE_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.test.StepVerifier;
import reactor.test.StepVerifierOptions;
import reactor.test.subscriber.TestSubscriber;
import reactor.util.context.Context;

/** What a subscriber hears (§8). */
class UpdatesTest extends FollowingFixture {
    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void hearsOfWhatItsOwnSessionPutsAppendsAndWipes(Encryption encryption) {
        Bucket bucket = create(connect(encryption));

        StepVerifier.create(bucket.updates())
                .then(() -> done(bucket.put(3, "three")))
                .expectNext(changed(3, "three"))
                .then(() -> done(bucket.append("four", "five")))
                .expectNext(changed(4, "four"), changed(5, "five"))
                .then(() -> done(bucket.put(4, "FOUR")))
                .expectNext(changed(4, "FOUR"))
                .then(() -> done(bucket.wipe(3)))
                .assertNext(wiped -> {
                    assertThat(wiped).isEqualTo(changed(3, ""));
                    assertThat(wiped.isEmpty()).isTrue();
                })
                .thenCancel()
                .verify(BOUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void hearsOfWhatAnotherSessionPutsAppendsAndWipes(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        Bucket other = elsewhere(bucket);

        StepVerifier.create(bucket.updates())
                .then(() -> settle(bucket))
                .then(() -> done(other.put(3, "three")))
                .expectNext(changed(3, "three"))
                .then(() -> done(other.append("four")))
                .expectNext(changed(4, "four"))
                .then(() -> done(other.wipe(SlotRange.all())))
                .expectNext(changed(3, ""), changed(4, ""))
                .thenCancel()
                .verify(BOUND);
    }

    @Test
    void hearsOfNothingThatWasDoneBefore() {
        Bucket bucket = create(connect(Encryption.ON));
        bucket.put(1, "before").subscribe(); // not answered yet
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates());

        done(bucket.put(1, "after"));
        settle(bucket);

        heard(follower, changed(1, "after"));
    }

    @Test
    void hearsOfItsRangeOnly() {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates(SlotRange.of(3, 4)));

        putNumbers(bucket, 0, 8);
        done(bucket.wipe(SlotRange.from(4)));
        settle(bucket);

        heard(follower, changed(3, "3"), changed(4, "4"), changed(4, ""));
        assertThat(subscribed()).containsExactly(SlotRange.of(3, 4));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void severalSlotsOfOneUpdateComeInItsOrder(Encryption encryption) {
        restart(PlabbleTestServer.builder().updatesOfSeveralSlots());
        Bucket bucket = create(connect(encryption));
        TestSubscriber<SlotUpdate> all = follow(bucket.updates());
        TestSubscriber<SlotUpdate> some = follow(bucket.updates(SlotRange.of(2, 5)));

        done(bucket.put(Slot.of(5, "e"), Slot.of(2, "b"), Slot.of(9, "i"), Slot.of(2, "B")));
        settle(bucket);

        heard(all, changed(5, "e"), changed(2, "b"), changed(9, "i"), changed(2, "B"));
        heard(some, changed(5, "e"), changed(2, "b"), changed(2, "B"));
    }

    @Test
    void anUpdateOfNoSlotIsHeardByNobody() {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates());
        server.fault(FaultPoint.UPDATE, Fault.once(Fault.forge(plain -> Arrays.copyOf(plain, 3))));

        putNumbers(bucket, 0, 2);
        settle(bucket);

        heard(follower, changed(1, "1"));
    }

    @Test
    void comesInTheOrderOfTheChanges() {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates());

        done(puttingNumbers(bucket, 0, 500));
        settle(bucket);

        heard(follower, numbers(0, 500));
    }

    @Test
    void bucketsAreToldApart() {
        PlabbleSession session = connect(Encryption.ON);
        Bucket one = create(session);
        Bucket two = create(session);
        TestSubscriber<SlotUpdate> ofOne = follow(one.updates());
        TestSubscriber<SlotUpdate> ofTwo = follow(two.updates());

        done(one.put(1, "one"));
        done(two.put(1, "two"));
        settle(two);

        heard(ofOne, changed(1, "one"));
        heard(ofTwo, changed(1, "two"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void completesAfterTheWipesWhenItsSessionDeletesTheBucket(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        TestSubscriber<SlotUpdate> all = follow(bucket.updates());
        TestSubscriber<SlotUpdate> some = follow(bucket.updates(SlotRange.from(2)));
        TestSubscriber<SlotUpdate> slow = follow(bucket.updates(), 0);
        putNumbers(bucket, 1, 2);

        done(bucket.delete());
        settle(bucket);

        assertThat(all.expectTerminalSignal().isOnComplete()).isTrue();
        assertThat(all.getReceivedOnNext()).isEqualTo(both(numbers(1, 2), List.of(changed(1, ""), changed(2, ""))));
        assertThat(some.expectTerminalSignal().isOnComplete()).isTrue();
        assertThat(some.getReceivedOnNext()).containsExactly(changed(2, "2"), changed(2, ""));
        assertThat(slow.isTerminated()).isFalse();
        slow.request(4);
        assertThat(slow.expectTerminalSignal().isOnComplete()).isTrue();
        assertThat(slow.getReceivedOnNext()).isEqualTo(all.getReceivedOnNext());
        assertThat(server.subscriptions()).isEmpty();
        assertThat(create(session)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void hearsOnlyOfTheWipesWhenAnotherSessionDeletesTheBucket(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates());
        putNumbers(bucket, 1, 2);

        done(elsewhere(bucket).delete());
        settle(bucket);

        heard(follower, both(numbers(1, 2), List.of(changed(1, ""), changed(2, ""))));
        follower.cancel();
        receives(UNSUBSCRIBE, 1); // to which the answer is error 21
        fails(
                bucket.updates(),
                PlabbleServerException.class,
                error -> assertThat(error.errorCode()).contains(ErrorCode.BUCKET_DOES_NOT_EXIST));
        received(SUBSCRIBE, 2);
        assertThat(create(session)).isNotNull();
    }

    @Test
    void whoAsksForABucketThatAnotherSessionDeletedTellsThoseWhoFollowIt() {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates());
        settle(bucket);
        done(elsewhere(bucket).delete());

        fails(
                bucket.readAndFollow(),
                PlabbleServerException.class,
                error -> assertThat(error.errorCode()).contains(ErrorCode.BUCKET_DOES_NOT_EXIST));

        endsWith(
                follower,
                PlabbleServerException.class,
                error -> assertThat(error.errorCode()).contains(ErrorCode.BUCKET_DOES_NOT_EXIST));
        settle(bucket);
        received(UNSUBSCRIBE, 0); // there is nothing to give up
    }

    @Test
    void aDeletionThatIsRefusedEndsNothing() {
        Bucket bucket = create(connect(Encryption.ON), BucketSpec.of(PRIVATE_WRITE));
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates());

        fails(
                bucket.delete(),
                PlabbleServerException.class,
                error -> assertThat(error.errorCode()).contains(ErrorCode.BUCKET_MAY_NOT_BE_DELETED));
        putNumbers(bucket, 1, 1);
        settle(bucket);

        heard(follower, changed(1, "1"));
    }

    @Test
    void aDeletionThatNobodyWaitsForCompletesItAsWell() {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates());
        settle(bucket);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.hold()));
        Disposable deletion = bucket.delete().subscribe();
        receives(WIPE, 1);

        deletion.dispose();
        server.release();

        follower.block(BOUND);
        assertThat(follower.expectTerminalSignal().isOnComplete()).isTrue();
    }

    @Test
    void whoComesWhileTheBucketIsBeingDeletedHearsThatItIsGone() {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> before = follow(bucket.updates(SlotRange.slot(1)));
        settle(bucket);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.hold()));
        bucket.delete().subscribe();

        TestSubscriber<SlotUpdate> wider = follow(bucket.updates());
        TestSubscriber<SlotUpdate> reading = follow(bucket.readAndFollow(SlotRange.slot(1)));
        receives(SUBSCRIBE, 2);
        server.release();

        before.block(BOUND);
        assertThat(before.expectTerminalSignal().isOnComplete()).isTrue();
        for (TestSubscriber<SlotUpdate> late : List.of(wider, reading)) {
            endsWith(
                    late,
                    PlabbleServerException.class,
                    error -> assertThat(error.errorCode()).contains(ErrorCode.BUCKET_DOES_NOT_EXIST));
        }
    }

    @Test
    void theSubscribersContextReachesTheSource() {
        Bucket bucket = create(connect(Encryption.ON));
        StepVerifierOptions options = StepVerifierOptions.create().withInitialContext(Context.of("who", "me"));

        StepVerifier.create(bucket.readAndFollow(), options)
                .expectAccessibleContext()
                .contains("who", "me")
                .then()
                .then(() -> done(bucket.put(1, "one")))
                .expectNext(changed(1, "one"))
                .thenCancel()
                .verify(BOUND);
    }
}
