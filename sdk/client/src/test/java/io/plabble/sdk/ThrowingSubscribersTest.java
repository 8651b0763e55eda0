package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.Slot;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What one subscriber throws neither ends the session nor keeps others from hearing. */
class ThrowingSubscribersTest extends SessionFixture {
    @Test
    void anErrorCallbackThatThrowsDoesNotEndTheSession() {
        PlabbleSession session = connect(client());
        Bucket bucket = create(session);
        session.bucket(BucketId.of(new byte[16])).read().subscribe(slot -> {}, ThrowingSubscribersTest::rethrow);
        session.bucket(BucketId.of(new byte[16])).updates().subscribe(update -> {}, ThrowingSubscribersTest::rethrow);

        done(bucket.put(1, "still here"));
        assertThat(slots(bucket.read())).containsExactly(Slot.of(1, "still here"));
        assertThat(session.isDisposed()).isFalse();
    }

    @Test
    void everybodyHearsOfTheEndThoughOneOfThemThrows() {
        PlabbleSession session = connect(client());
        Bucket bucket = create(session);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        bucket.put(1, "throwing").subscribe(nothing -> {}, ThrowingSubscribersTest::rethrow);
        Mono<Void> waiting = started(bucket.put(2, "waiting"));
        Mono<SlotUpdate> following = started(bucket.updates().next());
        session.onClose().subscribe(nothing -> {}, ThrowingSubscribersTest::rethrow);
        Mono<Void> closing = started(session.onClose());
        eventually(() -> assertThat(server.received(PacketType.PUT)).isEqualTo(2));

        server.closeConnections();

        byPeer(waiting);
        byPeer(following);
        byPeer(closing);
    }

    private static void byPeer(Mono<?> ended) {
        fails(
                ended,
                PlabbleSessionClosedException.class,
                closed -> assertThat(closed.why()).isEqualTo(Why.CLOSED_BY_PEER));
    }

    private static void rethrow(Throwable error) {
        throw new IllegalStateException("of the subscriber's own", error);
    }
}
