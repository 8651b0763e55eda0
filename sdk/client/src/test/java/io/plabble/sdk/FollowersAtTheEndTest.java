package io.plabble.sdk;

import static io.plabble.protocol.PacketType.REQUEST;
import static io.plabble.protocol.PacketType.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.test.subscriber.TestSubscriber;

/** When the session ends, every subscriber hears why, once, after what was kept for it. */
class FollowersAtTheEndTest extends FollowingFixture {
    private enum End {
        DISPOSE(Reason.SESSION_CLOSED),
        CLOSE(Reason.SESSION_CLOSED),
        PEER_CLOSES(Reason.CONNECTION_CLOSED),
        PEER_RESETS(Reason.CONNECTION_CLOSED),
        UNKNOWN_COUNTER(Reason.MALFORMED),
        NOT_AUTHENTIC(Reason.AUTHENTICATION_FAILED),
        NOT_A_LENGTH(Reason.MALFORMED);

        private final Reason reason;

        End(Reason reason) {
            this.reason = reason;
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void everySubscriberHearsWhyOnce(End end) {
        for (Encryption encryption : List.of(Encryption.ON, Encryption.OFF)) {
            PlabbleSession session = connect(encryption);
            Bucket bucket = create(session);
            Bucket other = create(session);
            putNumbers(bucket, 0, 2);
            TestSubscriber<SlotUpdate> quick = follow(bucket.updates());
            TestSubscriber<SlotUpdate> some = follow(bucket.updates(SlotRange.slot(1)));
            TestSubscriber<SlotUpdate> slow = follow(bucket.updates(), 0);
            TestSubscriber<SlotUpdate> reading = follow(bucket.readAndFollow(), 1);
            TestSubscriber<SlotUpdate> ofAnother = follow(other.updates());
            putNumbers(bucket, 5, 1);
            settle(bucket);

            bring(session, bucket, end);

            for (TestSubscriber<SlotUpdate> follower : List.of(quick, some)) {
                hears(follower, end.reason, bucket);
            }
            hears(ofAnother, end.reason, other);
            slow.request(1);
            hears(slow, end.reason, bucket);
            assertThat(slow.getReceivedOnNext()).isEqualTo(numbers(5, 1));
            reading.request(2);
            hears(reading, end.reason, bucket);
            assertThat(reading.getReceivedOnNext()).containsExactly(present(0, "0"), present(1, "1"), changed(5, "5"));

            for (Flux<SlotUpdate> afterwards : List.of(bucket.updates(), bucket.readAndFollow())) {
                fails(afterwards, PlabbleException.class, error -> {
                    assertThat(error.reason()).isEqualTo(end.reason);
                    assertThat(error.bucketId()).contains(bucket.id());
                    assertThat(error.requestWritten()).isFalse();
                });
            }
            server.clearFaults();
        }
    }

    private void bring(PlabbleSession session, Bucket bucket, End end) {
        switch (end) {
            case DISPOSE -> session.dispose();
            case CLOSE -> session.close().block(BOUND);
            case PEER_CLOSES -> server.closeConnections();
            case PEER_RESETS -> failing(bucket, FaultPoint.REQUEST_RECEIVED, Fault.reset());
            case UNKNOWN_COUNTER ->
                failing(bucket, FaultPoint.UPDATE, Fault.forge(plain -> {
                    plain[1] = 0x7f;
                    return plain;
                }));
            case NOT_AUTHENTIC ->
                failing(bucket, FaultPoint.UPDATE, Fault.rewrite(wire -> {
                    wire[wire.length - 1]++;
                    return wire;
                }));
            case NOT_A_LENGTH ->
                failing(bucket, FaultPoint.UPDATE, Fault.answer(new byte[] {
                    (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff
                }));
        }
    }

    /** By the fault that a request of this session runs into; no subscriber hears of what it changes. */
    private void failing(Bucket bucket, FaultPoint point, Fault fault) {
        server.fault(point, fault);
        bucket.put(9, "9").onErrorComplete().block(BOUND);
    }

    @Test
    void whoseSubscriptionIsNotAnsweredHearsWhyAsWell() {
        PlabbleSession session = connect(Encryption.ON);
        Bucket bucket = create(session);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        TestSubscriber<SlotUpdate> first = follow(bucket.updates());
        TestSubscriber<SlotUpdate> second = follow(bucket.readAndFollow());
        receives(SUBSCRIBE, 1);

        session.dispose();

        hears(first, Reason.SESSION_CLOSED, bucket);
        hears(second, Reason.SESSION_CLOSED, bucket);
        assertThat(((PlabbleException) first.expectTerminalError()).requestWritten())
                .isTrue();
    }

    @Test
    void closingWaitsForTheAnswerThatASubscriberWaitsFor() {
        PlabbleSession session = connect(Encryption.ON);
        Bucket bucket = create(session);
        putNumbers(bucket, 1, 1);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.hold()));
        TestSubscriber<SlotUpdate> follower = follow(bucket.readAndFollow());
        receives(REQUEST, 1);

        session.close().subscribe();
        server.release();

        hears(follower, Reason.SESSION_CLOSED, bucket);
        assertThat(follower.getReceivedOnNext()).containsExactly(present(1, "1"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thatTheCountersAreUsedUpIsHeardAfterTheLastUpdate(boolean clients) {
        int late = 65_534 - 7;
        restart(PlabbleTestServer.builder().firstCounters(clients ? late : 0, clients ? 0 : late));
        PlabbleSession session =
                connect(client().origins(origins -> origins.withFirstCounters(clients ? late : 0, clients ? 0 : late)));
        Bucket bucket = create(session); // 1 request, 1 response
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates()); // 1 request, 1 response
        TestSubscriber<SlotUpdate> slow = follow(bucket.updates(), 0);

        int puts = clients ? 6 : 3; // 1 request, 2 responses each
        putNumbers(bucket, 0, puts);

        hears(follower, Reason.COUNTER_EXHAUSTED, bucket);
        List<SlotUpdate> heard = follower.getReceivedOnNext();
        assertThat(heard).isEqualTo(numbers(0, heard.size())).hasSizeBetween(puts - 1, puts);
        slow.request(puts);
        hears(slow, Reason.COUNTER_EXHAUSTED, bucket);
        assertThat(slow.getReceivedOnNext()).isEqualTo(heard);
        assertThat(session.remainingRequests()).isZero();
        fails(
                bucket.updates(),
                PlabbleSessionClosedException.class,
                error -> assertThat(error.why()).isEqualTo(PlabbleSessionClosedException.Why.COUNTER_EXHAUSTED));
    }

    @Test
    void retriesInsideTheEndFailAtOnceAndSoonGiveUp() {
        PlabbleSession session = connect(Encryption.ON);
        Bucket bucket = create(session);
        AtomicInteger subscriptions = new AtomicInteger();
        TestSubscriber<SlotUpdate> follower = follow(Flux.defer(() -> {
                    subscriptions.incrementAndGet();
                    return bucket.updates();
                })
                .retry(3));
        settle(bucket);

        session.dispose();

        hears(follower, Reason.SESSION_CLOSED, bucket);
        assertThat(subscriptions).hasValue(4);
    }

    @Test
    void oneMayEndTheSessionInsideOnNext() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger network = (Logger) LoggerFactory.getLogger("reactor.netty");
        network.addAppender(log);
        try {
            for (int round = 0; round < 10; round++) {
                endInsideOnNext();
            }
        } finally {
            network.detachAppender(log);
        }
        assertThat(List.copyOf(log.list))
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    private void endInsideOnNext() {
        PlabbleSession session = connect(Encryption.ON);
        Bucket bucket = create(session);
        List<SlotUpdate> heard = new CopyOnWriteArrayList<>();
        List<Throwable> ends = new CopyOnWriteArrayList<>();
        bucket.updates().doOnNext(heard::add).subscribe(update -> session.dispose(), ends::add);
        TestSubscriber<SlotUpdate> other = follow(bucket.updates());
        settle(bucket);

        // What the server sends for this is read at once.
        bucket.append(Collections.nCopies(20, new byte[0])).onErrorComplete().block(BOUND);

        hears(other, Reason.SESSION_CLOSED, bucket);
        eventually(() -> assertThat(ends).hasSize(1));
        assertThat(heard).hasSize(1);
        assertThat(other.getReceivedOnNext()).hasSizeLessThanOrEqualTo(1);
        session.onClose().block(BOUND);
    }

    private static void hears(TestSubscriber<SlotUpdate> follower, Reason reason, Bucket bucket) {
        endsWith(follower, PlabbleException.class, error -> {
            assertThat(error.reason()).isEqualTo(reason);
            assertThat(error.bucketId()).contains(bucket.id());
        });
    }
}
