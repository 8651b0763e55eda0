package io.plabble.sdk;

import static io.plabble.protocol.PacketType.REQUEST;
import static io.plabble.protocol.PacketType.SUBSCRIBE;
import static io.plabble.protocol.PacketType.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

/** The present content, then its changes, with nothing between lost. */
class ReadAndFollowTest extends FollowingFixture {
    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void isOneRequestWhereNothingIsSubscribed(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        done(bucket.put(Slot.of(3, "three"), Slot.of(1, "one"), Slot.of(2, "two"), Slot.of(9, "outside")));

        StepVerifier.create(bucket.readAndFollow(SlotRange.of(1, 5)))
                .expectNext(present(1, "one"), present(2, "two"), present(3, "three"))
                .then(() -> done(bucket.put(Slot.of(2, "TWO"), Slot.of(6, "outside"), Slot.of(5, "five"))))
                .expectNext(changed(2, "TWO"), changed(5, "five"))
                .then(() -> done(bucket.wipe(1)))
                .expectNext(changed(1, ""))
                .then(() -> {
                    received(REQUEST, 1);
                    received(SUBSCRIBE, 0);
                    assertThat(subscribed()).containsExactly(SlotRange.of(1, 5));
                })
                .thenCancel()
                .verify(BOUND);
        settle(bucket);

        receives(UNSUBSCRIBE, 1);
        assertThat(subscribed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void ofAnEmptyBucketIsWhatComes(Encryption encryption) {
        Bucket bucket = create(connect(encryption));

        StepVerifier.create(bucket.readAndFollow())
                .then(() -> done(bucket.put(1, "one")))
                .expectNext(changed(1, "one"))
                .thenCancel()
                .verify(BOUND);
    }

    @ParameterizedTest
    @CsvSource({"0, 9, 1", "2, 5, 1", "4, 9, 2"})
    void readsBesidesASubscriptionAndWidensItIfItMust(int start, int end, int subscriptions) {
        Bucket bucket = create(connect(Encryption.ON));
        putNumbers(bucket, 0, 4);
        TestSubscriber<SlotUpdate> other = follow(bucket.updates(SlotRange.of(start, end)));
        bucket.put(1, "before").subscribe();

        TestSubscriber<SlotUpdate> follower = follow(bucket.readAndFollow(SlotRange.of(1, 5)));
        TestSubscriber<SlotUpdate> another = follow(bucket.readAndFollow(SlotRange.slot(1)));
        done(bucket.put(1, "after"));
        settle(bucket);

        received(SUBSCRIBE, start == 0 ? 1 : 2);
        received(REQUEST, 3);
        heard(follower, present(1, "before"), present(2, "2"), present(3, "3"), changed(1, "after"));
        heard(another, present(1, "before"), changed(1, "after"));
        assertThat(other.isTerminated()).isFalse();
    }

    @Test
    void whoComesWhileItIsUnansweredSharesItsSubscription() {
        Bucket bucket = create(connect(Encryption.ON));
        putNumbers(bucket, 1, 2);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        TestSubscriber<SlotUpdate> first = follow(bucket.readAndFollow());
        TestSubscriber<SlotUpdate> reading = follow(bucket.readAndFollow(SlotRange.slot(1)));
        TestSubscriber<SlotUpdate> following = follow(bucket.updates(SlotRange.slot(1)));
        eventually(() -> received(REQUEST, 2));

        server.release();
        done(bucket.put(1, "after"));
        settle(bucket);

        heard(first, present(1, "1"), present(2, "2"), changed(1, "after"));
        heard(reading, present(1, "1"), changed(1, "after"));
        heard(following, changed(1, "after"));
        received(SUBSCRIBE, 0);
    }

    @Test
    void whoGoesBeforeTheAnswerLeavesTheSubscriptionToTheOthers() {
        Bucket bucket = create(connect(Encryption.ON));
        putNumbers(bucket, 1, 1);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        TestSubscriber<SlotUpdate> gone = follow(bucket.readAndFollow());
        TestSubscriber<SlotUpdate> staying = follow(bucket.readAndFollow());
        eventually(() -> received(REQUEST, 2));

        gone.cancel();
        server.release();
        putNumbers(bucket, 2, 1);
        settle(bucket);

        heard(gone);
        heard(staying, present(1, "1"), changed(2, "2"));
        staying.cancel();
        settle(bucket);
        receives(UNSUBSCRIBE, 1);
        assertThat(subscribed()).isEmpty();
    }

    @Test
    void thePresentContentIsNotBoundedByTheBuffer() {
        Bucket bucket = create(connect(client().updateBuffer(2)));
        putNumbers(bucket, 0, 50);
        TestSubscriber<SlotUpdate> slow = follow(bucket.readAndFollow(), 1);
        settle(bucket);

        for (int asked = 1; asked <= 50; asked++) {
            assertThat(slow.getReceivedOnNext()).hasSize(asked);
            slow.request(1);
        }
        heard(slow, presentNumbers(50));
        putNumbers(bucket, 50, 1);
        settle(bucket);
        heard(slow, both(presentNumbers(50), numbers(50, 1)));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "3"})
    void theChangesThatComeMeanwhileAre(int demand) {
        Bucket bucket = create(connect(client().updateBuffer(2)));
        putNumbers(bucket, 0, 3);
        TestSubscriber<SlotUpdate> slow = follow(bucket.readAndFollow(), demand);
        TestSubscriber<SlotUpdate> slower = follow(bucket.readAndFollow(), demand);
        settle(bucket);
        putNumbers(bucket, 10, 2);
        settle(bucket);
        slow.request(Long.MAX_VALUE);
        putNumbers(bucket, 12, 1);
        settle(bucket);

        heard(slow, both(presentNumbers(3), numbers(10, 3)));
        heard(slower, presentNumbers(3).subList(0, demand));
        slower.request(Long.MAX_VALUE);
        endsWith(
                slower,
                PlabbleLimitException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.SUBSCRIBER_OVERFLOW));
        assertThat(slower.getReceivedOnNext()).isEqualTo(both(presentNumbers(3), numbers(10, 2)));
    }

    @Test
    void thePresentContentIsLetGoOnceItIsHeard() {
        Bucket bucket = create(connect(Encryption.ON));
        putNumbers(bucket, 1, 1);
        AtomicReference<WeakReference<Slot>> heard = new AtomicReference<>();
        bucket.readAndFollow().onErrorComplete().subscribe(update -> heard.set(new WeakReference<>(update.slot())));
        settle(bucket);

        eventually(() -> {
            System.gc();
            assertThat(heard.get().refersTo(null)).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void isRefusedLikeAnyRequest(Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        Bucket unknown = session.bucket(BucketId.generate(0, ALL_PRIVATE.permissions()));

        Map<Bucket, ErrorCode> refusals = Map.of(
                session.bucket(bucket.id()), ErrorCode.PERMISSION_DENIED, unknown, ErrorCode.BUCKET_DOES_NOT_EXIST);
        refusals.forEach((refused, code) -> fails(refused.readAndFollow(), PlabbleServerException.class, error -> {
            assertThat(error.errorCode()).contains(code);
            assertThat(error.bucketId()).contains(refused.id());
        }));
        settle(bucket);

        received(UNSUBSCRIBE, 0);
    }

    @Test
    void aReadThatIsRefusedLeavesTheOthersAlone() {
        Bucket bucket = create(connect(Encryption.ON));
        TestSubscriber<SlotUpdate> other = follow(bucket.updates());
        settle(bucket);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(1, "not now")));

        fails(
                bucket.readAndFollow(),
                PlabbleServerException.class,
                error -> assertThat(error.code()).isEqualTo(1));
        putNumbers(bucket, 1, 1);
        settle(bucket);

        heard(other, numbers(1, 1));
        received(UNSUBSCRIBE, 0);
    }

    @ParameterizedTest
    @CsvSource({"ON, false, 1", "OFF, false, 2", "ON, true, 3", "OFF, true, 4"})
    void nothingIsLostOrHeardTwiceWhileAnotherSessionWrites(Encryption encryption, boolean subscribed, long seed) {
        int count = 300;
        Random random = new Random(seed);
        PlabbleSession session = connect(encryption);
        Bucket bucket = create(session);
        Bucket writer = elsewhere(bucket);
        if (subscribed) {
            follow(bucket.updates(SlotRange.of(0, count)));
        }
        // How far the writer is when somebody comes, and how many items he stays for.
        TreeMap<Integer, Integer> comings = new TreeMap<>();
        random.ints(40, 0, count).forEach(at -> comings.put(at, random.nextBoolean() ? count : 1 + random.nextInt(30)));
        List<Mono<List<SlotUpdate>>> followers = new CopyOnWriteArrayList<>();

        done(Flux.range(0, count)
                .concatMap(number -> {
                    Integer items = comings.get(number);
                    if (items != null) {
                        Mono<List<SlotUpdate>> follower =
                                bucket.readAndFollow().take(items).collectList().cache();
                        followers.add(follower);
                        follower.subscribe();
                    }
                    return writer.append(String.valueOf(number));
                })
                .then());

        assertThat(followers).hasSize(comings.size());
        for (Mono<List<SlotUpdate>> follower : followers) {
            List<SlotUpdate> heard = follower.block(BOUND);
            int presents = (int) heard.stream()
                    .filter(item -> item.kind() == SlotUpdate.Kind.PRESENT)
                    .count();
            assertThat(heard).isEqualTo(both(presentNumbers(presents), numbers(presents, heard.size() - presents)));
        }
        settle(bucket);
        assertThat(subscribed()).hasSize(subscribed ? 1 : 0);
    }

    private static List<SlotUpdate> presentNumbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> present(number, String.valueOf(number)))
                .toList();
    }
}
