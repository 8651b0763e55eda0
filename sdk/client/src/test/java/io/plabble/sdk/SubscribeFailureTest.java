package io.plabble.sdk;

import static io.plabble.protocol.PacketType.REQUEST;
import static io.plabble.protocol.PacketType.SUBSCRIBE;
import static io.plabble.protocol.PacketType.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;
import reactor.util.retry.Retry;

/** A subscription that does not come about, for other reasons than those that the server has for each. */
class SubscribeFailureTest extends FollowingFixture {
    static Stream<Arguments> bothWays() {
        Function<Bucket, Flux<SlotUpdate>> updates = Bucket::updates;
        Function<Bucket, Flux<SlotUpdate>> readAndFollow = Bucket::readAndFollow;
        return Stream.of(Arguments.of(SUBSCRIBE, updates), Arguments.of(REQUEST, readAndFollow));
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void oneThatIsNotAnsweredInTimeFailsAndIsGivenUp(PacketType type, Function<Bucket, Flux<SlotUpdate>> following) {
        Bucket bucket = create(connect(patient()));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());

        isLate(type, following.apply(bucket), error -> {
            assertThat(error.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(error.bucketId()).contains(bucket.id());
            assertThat(error.requestWritten()).isTrue();
        });
        receives(UNSUBSCRIBE, 1);
        server.release();

        eventually(() -> assertThat(subscribed()).isEmpty());
        goesOn(bucket);
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void aRetryAfterThatAsksAgain(PacketType type, Function<Bucket, Flux<SlotUpdate>> following) {
        Bucket bucket = create(connect(patient()));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.silence()));

        StepVerifier.create(following.apply(bucket).retryWhen(Retry.max(1)))
                .then(() -> receives(type, 1))
                .then(SessionFixture::deadlinePasses)
                .then(() -> eventually(() -> assertThat(subscribed()).hasSize(1)))
                .then(() -> putNumbers(bucket, 1, 1))
                .expectNext(changed(1, "1"))
                .thenCancel()
                .verify(BOUND);

        eventually(() -> assertThat(subscribed()).isEmpty());
        goesOn(bucket);
    }

    @Test
    void wideningThatIsNotAnsweredInTimeFailsForWhoAskedForIt() {
        Bucket bucket = create(connect(patient()));
        TestSubscriber<SlotUpdate> narrow = follow(bucket.updates(SlotRange.of(1, 2)));
        settle(bucket);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.silence()));

        isLate(SUBSCRIBE, bucket.updates(), error -> {});
        TestSubscriber<SlotUpdate> wide = follow(bucket.updates());
        receives(SUBSCRIBE, 3);
        putNumbers(bucket, 1, 3);
        settle(bucket);

        heard(narrow, numbers(1, 2));
        heard(wide, numbers(1, 3));
        received(UNSUBSCRIBE, 0);
    }

    @Test
    void anAnswerThatComesLateIsAnAnswerAllTheSame() {
        Bucket bucket = create(connect(patient()));
        TestSubscriber<SlotUpdate> narrow = follow(bucket.updates(SlotRange.of(1, 2)));
        settle(bucket);
        server.fault(FaultPoint.ANSWER, Fault.hold());
        isLate(SUBSCRIBE, bucket.updates(), error -> {});

        server.release(); // from here on, updates carry the Counter of the request that nobody waits for
        putNumbers(bucket, 1, 3);
        settle(bucket);

        heard(narrow, numbers(1, 2));
        assertThat(subscribed()).containsExactly(SlotRange.all());
    }

    @Test
    void aReadThatIsNotAnsweredInTimeFailsForWhoAskedForIt() {
        Bucket bucket = create(connect(patient()));
        TestSubscriber<SlotUpdate> other = follow(bucket.updates());
        settle(bucket);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.silence()));

        isLate(REQUEST, bucket.readAndFollow(), error -> {});
        putNumbers(bucket, 1, 1);
        settle(bucket);

        heard(other, numbers(1, 1));
        received(UNSUBSCRIBE, 0);
    }

    @Test
    void oneTooManyFailsUnwrittenAndAnotherTimeComesAbout() {
        Bucket bucket = create(connect(client().maxRequestsInFlight(1)));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        Flux<?> read = bucket.read().cache();
        read.subscribe();

        for (Flux<SlotUpdate> following : List.of(bucket.updates(), bucket.readAndFollow())) {
            endsWith(follow(following), PlabbleLimitException.class, error -> {
                assertThat(error.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
                assertThat(error.bucketId()).contains(bucket.id());
                assertThat(error.requestWritten()).isFalse();
            });
        }
        received(SUBSCRIBE, 0);
        server.release();
        read.blockLast(BOUND);

        TestSubscriber<SlotUpdate> follower = follow(bucket.updates());
        eventually(() -> assertThat(subscribed()).hasSize(1));
        elsewhere(bucket).put(1, "1").block(BOUND);
        eventually(() -> heard(follower, changed(1, "1")));
    }

    @Test
    void whoseReadIsOneTooManyLeavesOthersAlone() {
        PlabbleSession session = connect(client().maxRequestsInFlight(1));
        Bucket bucket = create(session);
        TestSubscriber<SlotUpdate> narrow = follow(bucket.updates(SlotRange.of(1, 2)));
        eventually(() -> assertThat(subscribed()).hasSize(1));

        // A SUBSCRIBE for the wider range and a REQUEST are two.
        eventually(() -> endsWith(
                follow(bucket.readAndFollow()),
                PlabbleLimitException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS)));
        elsewhere(bucket).put(1, "1").block(BOUND);

        eventually(() -> heard(narrow, changed(1, "1")));
        received(UNSUBSCRIBE, 0);
    }

    @Test
    void anErasedKeySubscribesToNothing() {
        PlabbleSession session = connect(Encryption.ON);
        Bucket bucket = create(session);
        BucketKey key = BucketKey.of(bucket.key().orElseThrow().copy());
        Bucket erased = session.bucket(bucket.id(), key);
        key.destroy();

        endsWith(
                follow(erased.updates()),
                PlabbleConfigurationException.class,
                error -> assertThat(error.bucketId()).contains(bucket.id()));
        settle(bucket);

        received(SUBSCRIBE, 0);
        received(UNSUBSCRIBE, 0);
    }

    @Test
    void aRetryInsideTheFailureComesAbout() {
        Bucket bucket = create(connect(Encryption.ON));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(1, "not now")));
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates().retry(1));
        receives(SUBSCRIBE, 2);

        putNumbers(bucket, 1, 1);
        settle(bucket);

        heard(follower, numbers(1, 1));
        received(UNSUBSCRIBE, 0);
    }

    @Test
    void anotherRangeInsideTheFailureComesAbout() {
        Bucket bucket = create(connect(Encryption.ON));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(1, "not now")));
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates()
                .onErrorResume(PlabbleServerException.class, error -> bucket.readAndFollow(SlotRange.slot(2))));
        receives(REQUEST, 1);

        putNumbers(bucket, 1, 2);
        settle(bucket);

        heard(follower, numbers(2, 1));
        assertThat(subscribed()).containsExactly(SlotRange.slot(2));
    }

    private void goesOn(Bucket bucket) {
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates());
        eventually(() -> assertThat(subscribed()).hasSize(1));
        done(bucket.put(9, "9"));
        settle(bucket);
        heard(follower, changed(9, "9"));
    }
}
