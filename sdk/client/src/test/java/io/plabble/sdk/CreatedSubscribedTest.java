package io.plabble.sdk;

import static io.plabble.protocol.PacketType.CREATE;
import static io.plabble.protocol.PacketType.REQUEST;
import static io.plabble.protocol.PacketType.SUBSCRIBE;
import static io.plabble.protocol.PacketType.UNSUBSCRIBE;
import static io.plabble.protocol.Permission.PRIVATE_WRITE;
import static io.plabble.protocol.Permission.PUBLIC_READ;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

/** A bucket that is subscribed to from the beginning keeps what comes for the first who follows it. */
class CreatedSubscribedTest extends FollowingFixture {
    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void theFirstHearsWhatCameBefore(Encryption encryption) {
        Bucket bucket = create(connect(encryption), ALL_PRIVATE.subscribed());
        putNumbers(bucket, 1, 2);
        done(bucket.wipe(1));
        settle(bucket);

        TestSubscriber<SlotUpdate> first = follow(bucket.updates());
        TestSubscriber<SlotUpdate> second = follow(bucket.updates());
        putNumbers(bucket, 3, 1);
        settle(bucket);

        heard(first, changed(1, "1"), changed(2, "2"), changed(1, ""), changed(3, "3"));
        heard(second, changed(3, "3"));
        received(SUBSCRIBE, 0);
        assertThat(subscribed()).containsExactly(SlotRange.all());
    }

    @Test
    void nothingIsMissedByWhoFollowsWithTheCreation() {
        PlabbleSession session = connect(Encryption.ON);
        AtomicReference<Bucket> created = new AtomicReference<>();

        StepVerifier.create(session.createBucket(ALL_PRIVATE.subscribed())
                        .doOnNext(created::set)
                        .flatMapMany(Bucket::updates))
                .then(() -> eventually(() -> assertThat(created.get()).isNotNull()))
                .then(() -> putNumbers(created.get(), 1, 1))
                .expectNext(changed(1, "1"))
                .thenCancel()
                .verify(BOUND);
        settle(created.get());

        received(SUBSCRIBE, 0);
        receives(UNSUBSCRIBE, 1);
        assertThat(subscribed()).isEmpty();
    }

    @Test
    void whatCameBeforeIsAskedForLikeTheRest() {
        Bucket bucket = create(connect(Encryption.ON), ALL_PRIVATE.subscribed());
        putNumbers(bucket, 1, 3);
        settle(bucket);

        TestSubscriber<SlotUpdate> slow = follow(bucket.updates(), 1);
        putNumbers(bucket, 4, 1);
        settle(bucket);

        heard(slow, numbers(1, 1));
        slow.request(2);
        heard(slow, numbers(1, 3));
        slow.request(2);
        heard(slow, numbers(1, 4));
    }

    @Test
    void aNarrowerRangeHearsWhatIsInIt() {
        Bucket bucket = create(connect(Encryption.ON), ALL_PRIVATE.subscribed());
        putNumbers(bucket, 1, 5);
        settle(bucket);

        TestSubscriber<SlotUpdate> narrow = follow(bucket.updates(SlotRange.of(2, 3)));
        putNumbers(bucket, 1, 3);
        settle(bucket);

        heard(narrow, both(numbers(2, 2), numbers(2, 2)));
        received(SUBSCRIBE, 0);
    }

    @Test
    void aWiderRangeHearsWhatWasSubscribedToAndThenMore() {
        Bucket bucket = create(connect(Encryption.ON), ALL_PRIVATE.subscribed(SlotRange.of(2, 3)));
        putNumbers(bucket, 1, 3);
        settle(bucket);

        TestSubscriber<SlotUpdate> wide = follow(bucket.updates());
        putNumbers(bucket, 1, 4);
        settle(bucket);

        heard(wide, both(numbers(2, 2), numbers(1, 4)));
        received(SUBSCRIBE, 1);
        assertThat(subscribed()).containsExactly(SlotRange.all());
    }

    @Test
    void aWiderRangeMissesNothingOfTheOldWhileItIsAskedFor() {
        Bucket bucket = create(connect(Encryption.ON), ALL_PRIVATE.subscribed(SlotRange.of(2, 3)));
        bucket.put(2, "before the first").subscribe();

        TestSubscriber<SlotUpdate> wide = follow(bucket.updates());
        settle(bucket);

        heard(wide, changed(2, "before the first"));
    }

    @Test
    void tooMuchOfItIsToldToTheFirst() {
        Bucket bucket = create(connect(client().updateBuffer(2)), ALL_PRIVATE.subscribed());
        putNumbers(bucket, 1, 4);
        settle(bucket);
        receives(UNSUBSCRIBE, 1);
        assertThat(subscribed()).isEmpty();

        TestSubscriber<SlotUpdate> first = follow(bucket.updates());
        endsWith(first, PlabbleLimitException.class, error -> {
            assertThat(error.reason()).isEqualTo(Reason.SUBSCRIBER_OVERFLOW);
            assertThat(error.bucketId()).contains(bucket.id());
            assertThat(error).hasMessageContaining("nobody had subscribed yet");
        });
        assertThat(first.getReceivedOnNext()).isEqualTo(numbers(1, 2));

        TestSubscriber<SlotUpdate> second = follow(bucket.updates());
        putNumbers(bucket, 5, 1);
        settle(bucket);
        heard(second, numbers(5, 1));
        received(SUBSCRIBE, 1);
        receives(UNSUBSCRIBE, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = UpdateOverflow.class,
            names = {"DROP_OLDEST", "DROP_LATEST"})
    void orIsDroppedByThePolicy(UpdateOverflow overflow) {
        Bucket bucket = create(connect(client().updateBuffer(2).updateOverflow(overflow)), ALL_PRIVATE.subscribed());
        putNumbers(bucket, 1, 4);
        settle(bucket);

        TestSubscriber<SlotUpdate> first = follow(bucket.updates());
        putNumbers(bucket, 5, 1);
        settle(bucket);

        heard(first, both(numbers(overflow == UpdateOverflow.DROP_OLDEST ? 3 : 1, 2), numbers(5, 1)));
        received(SUBSCRIBE, 0);
    }

    @Test
    void whoReadsFirstHearsOfNothingTwice() {
        Bucket bucket = create(connect(Encryption.ON), ALL_PRIVATE.subscribed());
        putNumbers(bucket, 1, 2);
        done(bucket.wipe(1));

        TestSubscriber<SlotUpdate> first = follow(bucket.readAndFollow());
        putNumbers(bucket, 3, 1);
        TestSubscriber<SlotUpdate> second = follow(bucket.updates());
        settle(bucket);

        heard(first, present(2, "2"), changed(3, "3"));
        assertThat(second.getReceivedOnNext()).doesNotContain(changed(1, "1"), changed(2, "2"), changed(1, ""));
        received(SUBSCRIBE, 0);
        received(REQUEST, 2);
    }

    @Test
    void whoReadsFirstDoesNotMindThatTooMuchCame() {
        Bucket bucket = create(connect(client().updateBuffer(2)), ALL_PRIVATE.subscribed());
        putNumbers(bucket, 1, 4);
        settle(bucket);

        TestSubscriber<SlotUpdate> first = follow(bucket.readAndFollow(SlotRange.from(4)));
        putNumbers(bucket, 5, 1);
        settle(bucket);

        heard(first, present(4, "4"), changed(5, "5"));
        assertThat(subscribed()).containsExactly(SlotRange.from(4));
    }

    @Test
    void whatWasKeptIsForTheHolderOfTheKey() {
        PlabbleSession session = connect(Encryption.ON);
        Bucket bucket =
                create(session, BucketSpec.of(PUBLIC_READ, PRIVATE_WRITE).subscribed());
        putNumbers(bucket, 1, 1);
        settle(bucket);

        TestSubscriber<SlotUpdate> keyless = follow(session.bucket(bucket.id()).updates());
        putNumbers(bucket, 2, 1);
        settle(bucket);
        keyless.cancel();
        TestSubscriber<SlotUpdate> keyed = follow(bucket.updates());
        settle(bucket);

        heard(keyless, numbers(2, 1));
        heard(keyed, numbers(1, 2));
        received(UNSUBSCRIBE, 0);
        keyed.cancel();
        settle(bucket);
        receives(UNSUBSCRIBE, 1);
    }

    @Test
    void theFirstToGoGivesTheSubscriptionUp() {
        Bucket bucket = create(connect(Encryption.ON), ALL_PRIVATE.subscribed());
        putNumbers(bucket, 1, 2);
        settle(bucket);

        StepVerifier.create(bucket.updates().take(1))
                .expectNext(changed(1, "1"))
                .expectComplete()
                .verify(BOUND);
        TestSubscriber<SlotUpdate> next = follow(bucket.updates());
        putNumbers(bucket, 3, 1);
        settle(bucket);

        receives(UNSUBSCRIBE, 1);
        received(SUBSCRIBE, 1);
        heard(next, numbers(3, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void whatWasKeptGoesWithTheBucket(int updates) {
        Bucket bucket = create(connect(client().updateBuffer(2)), ALL_PRIVATE.subscribed());
        putNumbers(bucket, 1, updates);
        settle(bucket);

        done(bucket.delete());
        settle(bucket);

        fails(
                bucket.updates(),
                PlabbleServerException.class,
                error -> assertThat(error.errorCode()).contains(ErrorCode.BUCKET_DOES_NOT_EXIST));
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"REQUEST_RECEIVED", "ANSWER"})
    void aCreationThatNobodyWaitsForIsGivenUp(FaultPoint held) {
        PlabbleSession session = connect(Encryption.ON);
        server.fault(held, Fault.hold());
        Disposable creation = session.createBucket(ALL_PRIVATE.subscribed()).subscribe();
        receives(CREATE, 1);

        creation.dispose();
        server.release();

        receives(UNSUBSCRIBE, 1);
        eventually(() -> assertThat(subscribed()).isEmpty());
        assertThat(create(session)).isNotNull();
    }

    @Test
    void aCreationThatIsAnsweredTooLateIsGivenUpUnlessItIsFollowed() {
        PlabbleSession session = connect(patient());
        server.fault(FaultPoint.ANSWER, Fault.hold());
        BucketCandidate candidate = lateCreation(session);
        BucketCandidate other = lateCreation(session);
        Bucket bucket = session.bucket(candidate.id(), candidate.key());
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates(SlotRange.of(1, 2)));
        receives(SUBSCRIBE, 1);

        server.release();
        receives(UNSUBSCRIBE, 1);
        putNumbers(bucket, 1, 2);
        settle(bucket);

        heard(follower, numbers(1, 2));
        eventually(() -> assertThat(server.subscriptions())
                .singleElement()
                .satisfies(subscription -> assertThat(subscription.bucket()).isEqualTo(candidate.id())));
        assertThat(server.bucket(other.id())).isPresent();
    }

    @Test
    void aCreationThatIsRefusedSubscribesToNothing() {
        PlabbleSession session = connect(Encryption.ON);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(1, "not now")));

        BucketCandidate candidate = failedCreation(session);

        received(UNSUBSCRIBE, 0);
        fails(
                session.bucket(candidate.id(), candidate.key()).updates(),
                PlabbleServerException.class,
                error -> assertThat(error.errorCode()).contains(ErrorCode.BUCKET_DOES_NOT_EXIST));
    }

    private BucketCandidate lateCreation(PlabbleSession session) {
        AtomicReference<BucketCandidate> candidate = new AtomicReference<>();
        isLate(
                CREATE,
                session.createBucket(ALL_PRIVATE.subscribed()),
                late -> candidate.set(late.candidate().orElseThrow()));
        return candidate.get();
    }

    private static BucketCandidate failedCreation(PlabbleSession session) {
        AtomicReference<BucketCandidate> candidate = new AtomicReference<>();
        fails(
                session.createBucket(ALL_PRIVATE.subscribed()),
                PlabbleException.class,
                error -> candidate.set(error.candidate().orElseThrow()));
        return candidate.get();
    }
}
