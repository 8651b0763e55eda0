package io.plabble.sdk;

import static io.plabble.protocol.PacketType.REQUEST;
import static io.plabble.protocol.PacketType.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.test.subscriber.TestSubscriber;

/** Those who follow a bucket while its server goes and comes back. */
class LastingFollowersTest extends SessionsFixture {
    private final PlabbleSessions sessions = sessions();
    private final LastingBucket bucket = created();

    private LastingBucket created() {
        relay.to(server.port());
        return create(sessions);
    }

    /** What happens while nobody listens. */
    private void meanwhile(Runnable changes) {
        goDown();
        server = transport.start(builder().bucketsOf(server)); // behind the relay's back
        changes.run();
        goDown();
        comeBack();
    }

    /** The same bucket by the direct way. */
    private Bucket direct() {
        return connect(transport.dial(server).trust(server.trustStore()))
                .bucket(bucket.id(), bucket.key().orElseThrow());
    }

    private void subscribes() {
        eventually(() -> assertThat(server.subscriptions()).hasSize(1));
    }

    private static <T> void hears(TestSubscriber<T> follower, List<? extends T> expected) {
        eventually(() -> assertThat(follower.getReceivedOnNext()).hasSizeGreaterThanOrEqualTo(expected.size()));
        assertThat(follower.getReceivedOnNext()).isEqualTo(expected);
    }

    @Test
    void theDifferenceIsToldAndNothingElse() {
        done(bucket.put(Slot.of(0, "stays"), Slot.of(1, "changes"), Slot.of(2, "is wiped"), Slot.of(3, "comes back")));
        var follower = follow(bucket.readAndFollow());
        subscribes();

        meanwhile(() -> {
            Bucket direct = direct();
            done(direct.put(Slot.of(1, "for a moment"), Slot.of(3, "for a moment"), Slot.of(9, "new")));
            done(direct.put(Slot.of(1, "changed"), Slot.of(3, "comes back")));
            done(direct.wipe(2));
        });
        subscribes();
        done(bucket.put(2, "after"));

        hears(
                follower,
                List.of(
                        present(0, "stays"),
                        present(1, "changes"),
                        present(2, "is wiped"),
                        present(3, "comes back"),
                        changed(1, "changed"),
                        changed(2, ""),
                        changed(9, "new"),
                        changed(2, "after")));
    }

    @Test
    void whoFollowsChangesOnlyHearsOfAWipeOfWhatWasThereBefore() {
        done(bucket.put(Slot.of(0, "before"), Slot.of(1, "before")));
        var follower = follow(bucket.updates());
        subscribes();

        meanwhile(() -> done(direct().wipe(0)));

        hears(follower, List.of(changed(0, "")));
    }

    @Test
    void theRangeIsKept() {
        var follower = follow(bucket.updates(SlotRange.of(1, 2)));
        subscribes();

        meanwhile(() -> putNumbers(direct(), 0, 5));
        eventually(() -> assertThat(subscribed()).containsExactly(SlotRange.of(1, 2)));
        done(bucket.put(Slot.of(2, "after"), Slot.of(3, "after")));

        hears(follower, both(numbers(1, 2), List.of(changed(2, "after"))));
    }

    @Test
    void aGapIsMarkedForWhoAsks() {
        TestSubscriber<BucketEvent> follower = follow(bucket.readAndFollowWithGaps(SlotRange.all()));
        subscribes();

        meanwhile(() -> putNumbers(direct(), 0, 2));

        eventually(() -> assertThat(follower.getReceivedOnNext()).hasSize(3));
        assertThat(follower.getReceivedOnNext().get(0)).isInstanceOfSatisfying(Gap.class, gap -> {
            assertThat(gap.changes()).isEqualTo(2);
            assertThat(gap.length()).isPositive();
            assertThat(gap.loss()).map(PlabbleException::reason).contains(Reason.CONNECTION_CLOSED);
        });
        assertThat(follower.getReceivedOnNext().subList(1, 3)).isEqualTo(numbers(0, 2));
        assertThat(sessions.health().gaps()).isOne();
    }

    @Test
    void aGapInWhichNothingHappenedIsMarkedAsWell() {
        TestSubscriber<BucketEvent> follower = follow(bucket.updatesAndGaps(SlotRange.all()));
        subscribes();

        server.closeConnections();

        eventually(
                () -> assertThat(follower.getReceivedOnNext()).singleElement().isInstanceOf(Gap.class));
    }

    @Test
    void severalRangesAreFollowedOverAGap() {
        var all = follow(bucket.updates());
        var some = follow(bucket.updates(SlotRange.of(0, 1)));
        var present = follow(bucket.readAndFollow(SlotRange.from(1)));
        eventually(() -> assertThat(subscribed()).containsExactly(SlotRange.all()));
        settle(bucket);

        meanwhile(() -> putNumbers(direct(), 0, 3));

        hears(all, numbers(0, 3));
        hears(some, numbers(0, 2));
        hears(present, numbers(1, 2));
    }

    @Test
    void whatASlowSubscriberHasNotTakenYetIsNeitherLostNorToldTwice() {
        var follower = follow(bucket.updates(), 0);
        subscribes();
        putNumbers(bucket, 0, 3);

        meanwhile(() -> putNumbers(direct(), 3, 3));
        follower.request(1);
        hears(follower, numbers(0, 1));
        follower.request(Long.MAX_VALUE);

        hears(follower, numbers(0, 6));
    }

    @Test
    void aBucketThatWasDeletedMeanwhileIsToldAsWiped() {
        done(bucket.put(Slot.of(0, "x"), Slot.of(1, "y")));
        var follower = follow(bucket.updates());
        subscribes();

        meanwhile(() -> done(direct().delete()));

        endsWith(
                follower,
                PlabbleServerException.class,
                error -> assertThat(error.errorCode()).contains(ErrorCode.BUCKET_DOES_NOT_EXIST));
        assertThat(follower.getReceivedOnNext()).containsExactly(changed(0, ""), changed(1, ""));
    }

    @Test
    void deletingCompletesThoseWhoFollow() {
        done(bucket.put(0, "x"));
        var follower = follow(bucket.updates());
        subscribes();

        done(bucket.delete());

        follower.block(BOUND);
        assertThat(follower.getTerminalSignal().isOnComplete()).isTrue();
        assertThat(follower.getReceivedOnNext()).containsExactly(changed(0, ""));
    }

    @Test
    void whatIsRefusedFromTheBeginningFails() {
        endsWith(
                follow(sessions.bucket(bucket.id()).updates()),
                PlabbleServerException.class,
                error -> assertThat(error.errorCode()).contains(ErrorCode.PERMISSION_DENIED));
    }

    @Test
    void aRangeThatHasBecomeTooLargeFailsThoseWhoFollowItAndNobodyElse() {
        PlabbleSessions narrow = sessions(client().maxPacketSize(2048), QUICK);
        LastingBucket large = narrow.bucket(bucket.id(), bucket.key().orElseThrow());
        LastingBucket other = create(narrow);
        var tooMuch = follow(large.updates());
        var fine = follow(other.updates());
        eventually(() -> assertThat(server.subscriptions()).hasSize(2));

        meanwhile(() -> {
            Bucket direct = direct();
            done(direct.put(0, new byte[1500]));
            done(direct.put(1, new byte[1500]));
        });

        endsWith(
                tooMuch,
                PlabbleProtocolException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.PACKET_TOO_LARGE));
        eventually(() -> assertThat(server.subscriptions()).hasSize(1));
        done(other.put(0, "fine"));
        hears(fine, List.of(changed(0, "fine")));
    }

    @Test
    void aServerThatIsBusyWhenItComesBackIsAskedAgain() {
        PlabbleSessions impatient = sessions(client().requestTimeout(Duration.ofMillis(300)), QUICK);
        LastingBucket same = impatient.bucket(bucket.id(), bucket.key().orElseThrow());
        var follower = follow(same.updates());
        subscribes();
        goDown();
        comeBack(builder().fault(FaultPoint.REQUEST_RECEIVED, Fault.silence()));
        receives(REQUEST, 2);

        server.clearFaults();
        subscribes();
        done(bucket.put(0, "after"));

        hears(follower, List.of(changed(0, "after")));
    }

    @Test
    void theFirstToFollowASubscribedCreationMissesNothing() {
        LastingBucket created = create(sessions, ALL_PRIVATE.subscribed(SlotRange.of(1, 9)));
        putNumbers(created, 0, 3);

        var first = follow(created.updates());
        hears(first, numbers(1, 2));
        var second = follow(created.updates());
        settle(created);
        done(created.put(5, "after"));

        hears(first, both(numbers(1, 2), List.of(changed(5, "after"))));
        hears(second, List.of(changed(5, "after")));
    }

    @Test
    void whoFailsBeforeHearingAnythingLeavesItToTheNext() {
        LastingBucket created = create(sessions, ALL_PRIVATE.subscribed());
        putNumbers(created, 0, 3);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(1, "out of order")));
        endsWith(
                follow(created.updates()),
                PlabbleServerException.class,
                error -> assertThat(error.code()).isOne());

        hears(follow(created.updates()), numbers(0, 3));
    }

    @Test
    void howeverManyFollowAllOfThemSurviveALoss() {
        PlabbleSessions narrow = sessions(client().maxRequestsInFlight(2), QUICK);
        LastingBucket same = narrow.bucket(bucket.id(), bucket.key().orElseThrow());
        List<TestSubscriber<SlotUpdate>> followers = IntStream.range(0, 5)
                .mapToObj(n -> {
                    var follower = follow(same.updates());
                    settle(same);
                    return follower;
                })
                .toList();

        meanwhile(() -> putNumbers(direct(), 0, 2));

        followers.forEach(follower -> hears(follower, numbers(0, 2)));
    }

    @Test
    void whoLeavesLeavesNothingBehind() {
        var follower = follow(bucket.updates());
        subscribes();
        follower.cancel();
        receives(UNSUBSCRIBE, 1);
        eventually(() -> assertThat(server.subscriptions()).isEmpty());

        var other = follow(bucket.updates());
        subscribes();
        goDown();
        other.cancel();
        comeBack();
        assertThat(live(sessions).isDisposed()).isFalse();
        settle(bucket);
        assertThat(server.subscriptions()).isEmpty();
    }
}
