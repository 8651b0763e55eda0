package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The counters of both ends, and their end (§6, D10). */
class CountersTest extends SessionFixture {
    private static final int ALL = 65_535;

    @Test
    void aSessionCarries65535RequestsAndThenEnds() {
        assumeTrue(transport == Transport.TCP, "it takes its time, and counters do not know the transport");
        PlabbleSession session = connect(Encryption.OFF);
        assertThat(session.remainingRequests()).isEqualTo(ALL);
        Bucket bucket = create(session);
        done(bucket.put(1, "one"));

        Long read = Flux.range(0, ALL - 2)
                .flatMap(number -> bucket.read(1), 256)
                .count()
                .block(BOUND.multipliedBy(3));

        assertThat(read).isEqualTo(ALL - 2);
        exhausted(bucket.read(1), false);
        exhausted(session.onClose(), false);
        assertThat(session.remainingRequests()).isZero();
        assertThat(server.received(PacketType.REQUEST)).isEqualTo(ALL - 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void theAnswersInFlightComeInBeforeAnExhaustedSessionEnds(Encryption encryption) {
        PlabbleSession session = nearTheEnd(encryption, ALL - 3, ALL - 3);
        assertThat(session.remainingRequests()).isEqualTo(3);
        Bucket bucket = create(session);
        server.fault(FaultPoint.ANSWER, Fault.hold());
        Mono<Void> oneBefore = started(bucket.put(1, "one before"));
        Mono<Void> last = started(bucket.put(2, "last"));
        eventually(() -> assertThat(session.remainingRequests()).isZero());

        exhausted(bucket.read(), false);
        assertThat(session.isDisposed()).isFalse();
        server.release();

        done(oneBefore);
        done(last);
        exhausted(session.onClose(), false);
        assertThat(server.bucket(bucket.id()))
                .hasValueSatisfying(
                        slots -> assertThat(slots).containsExactly(Slot.of(1, "one before"), Slot.of(2, "last")));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void updatesUseUpTheServersCounterAndEndTheSessionAlike(Encryption encryption) {
        PlabbleSession session = nearTheEnd(encryption, 0, ALL - 6);
        assertThat(session.remainingRequests()).isEqualTo(6);
        Bucket bucket = create(session); // 1 message of the server

        StepVerifier.create(bucket.updates()) // 1
                .then(() -> done(bucket.put(Slot.of(1, "a"), Slot.of(2, "b"), Slot.of(3, "c")))) // 1 and 3
                .expectNextCount(3)
                .expectErrorSatisfies(CountersTest::isExhausted)
                .verify(BOUND);
        exhausted(session.onClose(), false);
    }

    @Test
    void whatIsInFlightWhenUpdatesUseUpTheServersCounterFailsAsWritten() {
        PlabbleSession session = nearTheEnd(Encryption.OFF, 0, ALL - 5);
        PlabbleSession another = alsoNearTheEnd(Encryption.OFF, 0, ALL - 5);
        Bucket bucket = create(session); // 1 message of the server
        List<SlotUpdate> heard = new CopyOnWriteArrayList<>();
        Mono<Void> following = started(bucket.updates().doOnNext(heard::add).then()); // 1
        eventually(() -> assertThat(server.subscriptions()).hasSize(1));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.silence()));
        Mono<Void> unanswered = started(bucket.put(9, "unanswered"));
        eventually(() -> assertThat(server.received(PacketType.PUT)).isOne());

        done(another.bucket(bucket.id(), bucket.key().orElseThrow()) // 3
                .put(Slot.of(1, "a"), Slot.of(2, "b"), Slot.of(3, "c")));

        exhausted(following, false);
        exhausted(unanswered, true);
        assertThat(heard).extracting(SlotUpdate::index).containsExactly(1, 2, 3);
    }

    private PlabbleSession nearTheEnd(Encryption encryption, int client, int ofServer) {
        restart(PlabbleTestServer.builder().firstCounters(client, ofServer));
        return alsoNearTheEnd(encryption, client, ofServer);
    }

    private PlabbleSession alsoNearTheEnd(Encryption encryption, int client, int ofServer) {
        return connect(client().encryption(encryption).origins(origins -> origins.withFirstCounters(client, ofServer)));
    }

    private static void exhausted(Publisher<?> publisher, boolean written) {
        fails(publisher, PlabbleSessionClosedException.class, closed -> {
            isExhausted(closed);
            assertThat(closed.requestWritten()).isEqualTo(written);
        });
    }

    private static void isExhausted(Throwable error) {
        assertThat(error).isInstanceOfSatisfying(PlabbleSessionClosedException.class, closed -> {
            assertThat(closed.why()).isEqualTo(Why.COUNTER_EXHAUSTED);
            assertThat(closed.reason()).isEqualTo(Reason.COUNTER_EXHAUSTED);
            assertThat(closed).hasMessageContaining("connect again");
        });
    }
}
