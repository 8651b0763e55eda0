package io.plabble.sdk;

import static io.plabble.protocol.PacketType.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is repeated when a session ends before the answer has come, and what is not. */
class RepeatsTest extends SessionsFixture {
    /** The rows of the table, and of those that write also with the caller's word that they may be repeated. */
    enum Row {
        READ(REQUEST, true, LastingBucket::read),
        PUT(PacketType.PUT, false, bucket -> bucket.put(0, "again")),
        PUT_AGAIN(PacketType.PUT, true, bucket -> bucket.repeatingWrites().put(0, "again")),
        WIPE(PacketType.WIPE, false, bucket -> bucket.wipe(0)),
        WIPE_AGAIN(PacketType.WIPE, true, bucket -> bucket.repeatingWrites().wipe(0)),
        DELETE(PacketType.WIPE, false, LastingBucket::delete),
        DELETE_AGAIN(PacketType.WIPE, true, bucket -> bucket.repeatingWrites().delete()),
        APPEND(PacketType.APPEND, false, bucket -> bucket.append("again")),
        APPEND_AGAIN(
                PacketType.APPEND, false, bucket -> bucket.repeatingWrites().append("again"));

        private final PacketType type;
        private final boolean repeated;
        private final Function<LastingBucket, Publisher<?>> request;

        Row(PacketType type, boolean repeated, Function<LastingBucket, Publisher<?>> request) {
            this.type = type;
            this.repeated = repeated;
            this.request = request;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMayHaveBeenCarriedOutIsRepeatedIfThatDoesNoHarm(Row row) {
        PlabbleSessions sessions = sessions();
        LastingBucket bucket = create(sessions);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.close()));

        Mono<?> request = Flux.from(row.request.apply(bucket)).then();
        if (row.repeated) {
            request.block(BOUND);
            received(row.type, 2);
            assertThat(sessions.health().repeats()).isOne();
        } else {
            fails(request, PlabbleSessionClosedException.class, error -> {
                assertThat(error.requestWritten()).isTrue();
                assertThat(error.bucketId()).contains(bucket.id());
            });
            received(row.type, 1);
            assertThat(sessions.health().repeats()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasCertainlyNotWrittenIsRepeated(Row row) {
        PlabbleSessions sessions = sessions();
        LastingBucket bucket = create(sessions);
        PlabbleSession session = live(sessions);

        Mono<?> request = Flux.from(row.request.apply(bucket)).then();
        session.dispose();
        request.block(BOUND);

        received(row.type, 1);
        assertThat(live(sessions)).isNotSameAs(session);
    }

    @Test
    void aCreationThatMayHaveBeenCarriedOutIsNotRepeatedAndNamesItsCandidate() {
        PlabbleSessions sessions = sessions();
        live(sessions);
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.close()));

        var candidates = new CopyOnWriteArrayList<BucketCandidate>();
        fails(
                sessions.createBucket(ALL_PRIVATE),
                PlabbleSessionClosedException.class,
                error -> candidates.add(error.candidate().orElseThrow()));

        BucketCandidate created = candidates.get(0);
        done(sessions.bucket(created.id(), created.key()).put(0, "it is there"));
        received(PacketType.CREATE, 1);
    }

    @Test
    void aCreationIsHandedOverBeforeItGoesOut() {
        PlabbleSessions sessions = sessions();
        var kept = new CopyOnWriteArrayList<BucketCandidate>();

        LastingBucket bucket = sessions.createBucket(
                        ALL_PRIVATE, candidate -> Mono.fromRunnable(() -> kept.add(candidate)))
                .block(BOUND);

        assertThat(kept).singleElement().satisfies(candidate -> {
            assertThat(candidate.id()).isEqualTo(bucket.id());
            assertThat(bucket.key()).contains(candidate.key());
        });
    }

    @Test
    void whatIsOverwrittenInTheMeantimeIsNotOverwrittenBackUnlessTheCallerSaysSo() {
        PlabbleSessions sessions = sessions();
        LastingBucket bucket = create(sessions);
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.close()));
        fails(
                bucket.put(0, "older"),
                PlabbleSessionClosedException.class,
                error -> assertThat(error.requestWritten()).isTrue());
        done(bucket.put(0, "newer"));
        assertThat(slots(bucket.read())).containsExactly(Slot.of(0, "newer"));
    }

    @Test
    void whatTheServerRefusesIsNotRepeated() {
        PlabbleSessions sessions = sessions();
        LastingBucket bucket = create(sessions);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.error(1, "out of order"));

        fails(
                bucket.read(),
                PlabbleServerException.class,
                error -> assertThat(error.code()).isOne());
        received(REQUEST, 1);
    }

    @Test
    void whatIsNotAnsweredInTimeIsNotRepeated() {
        PlabbleSessions sessions = sessions(client().requestTimeout(Duration.ofMillis(300)), QUICK);
        LastingBucket bucket = create(sessions);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.silence());

        fails(
                bucket.read(),
                PlabbleTimeoutException.class,
                error -> assertThat(error.requestWritten()).isTrue());
        received(REQUEST, 1);
    }

    @Test
    void aReadThatIsAnsweredWithTooMuchIsNotRepeatedButThoseBehindItAre() {
        PlabbleSessions sessions = sessions(client().maxPacketSize(2048), QUICK);
        LastingBucket large = create(sessions);
        LastingBucket small = create(sessions);
        done(large.put(0, new byte[1500]));
        done(large.put(1, new byte[1500]));
        server.fault(FaultPoint.ANSWER, Fault.hold());
        Mono<?> tooMuch = started(large.read().then());
        receives(REQUEST, 1);
        Mono<?> behind = started(small.read().then());
        receives(REQUEST, 2);
        server.release();

        fails(
                tooMuch,
                PlabbleProtocolException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.PACKET_TOO_LARGE));
        behind.block(BOUND);
        assertThat(sessions.health().losses()).isOne();
    }

    @Test
    void repeatingEndsWithTheTimeThatIsSet() {
        PlabbleSessions sessions = sessions(client(), QUICK.waitTimeout(Duration.ofMillis(200)));
        LastingBucket bucket = create(sessions);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.close());

        fails(
                bucket.read(),
                PlabbleException.class,
                error -> assertThat(error.reason()).isIn(Reason.CONNECTION_CLOSED, Reason.TIMEOUT));
        assertThat(server.received(REQUEST)).isPositive();
    }

    @Test
    void aWriteThatWasToBeRepeatedAndCouldNotBeStillSaysThatItMayHaveBeenCarriedOut() {
        PlabbleSessions sessions = sessions(client(), QUICK.waitTimeout(Duration.ofSeconds(1)));
        LastingBucket bucket = create(sessions);
        relay.toNobody();
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.close()));

        fails(bucket.repeatingWrites().put(0, "carried out"), PlabbleSessionClosedException.class, error -> {
            assertThat(error.requestWritten()).isTrue();
            assertThat(error.bucketId()).contains(bucket.id());
            assertThat(error.getSuppressed()).isNotEmpty();
        });
    }

    @Test
    void whatKeepingFailsWithIsNotTakenForTheEndOfTheSession() {
        PlabbleSessions sessions = sessions();
        PlabbleSession session = live(sessions);
        var calls = new AtomicInteger();
        PlabbleException elsewhere = new PlabbleSessionClosedException(Why.CLOSED_BY_PEER, "another session", null);

        fails(
                sessions.createBucket(ALL_PRIVATE, candidate -> {
                    calls.incrementAndGet();
                    return Mono.error(elsewhere);
                }),
                PlabbleSessionClosedException.class,
                error -> assertThat(error).isSameAs(elsewhere));
        assertThat(calls).hasValue(1);
        assertThat(live(sessions)).isSameAs(session);
    }

    @Test
    void aPacketThatIsNotAuthenticEndsTheSessionAndAReadIsRepeatedOnTheNext() {
        PlabbleSessions sessions = sessions();
        LastingBucket bucket = create(sessions);
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.rewrite(packet -> {
            packet[packet.length - 1] ^= 1;
            return packet;
        })));

        assertThat(slots(bucket.read())).isEmpty();
        assertThat(sessions.health().losses()).isOne();
    }
}
