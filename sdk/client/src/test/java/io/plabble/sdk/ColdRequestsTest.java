package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.Slot;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Publishers of requests are cold, and keep what they were given at the call. */
class ColdRequestsTest extends SessionFixture {
    @Test
    void whatNobodySubscribesToIsNotSent() {
        PlabbleSession session = connect(client());
        Bucket bucket = create(session);
        int remaining = session.remainingRequests();

        List<Object> unsubscribed = List.of(
                session.createBucket(ALL_PRIVATE),
                bucket.put(0, "never"),
                bucket.append("never"),
                bucket.wipe(0),
                bucket.delete(),
                bucket.updates(),
                bucket.readAndFollow());

        assertThat(slots(bucket.read())).isEmpty(); // the only request since
        assertThat(session.remainingRequests()).isEqualTo(remaining - 1);
        assertThat(unsubscribed).hasSize(7).allMatch(publisher -> publisher.toString() != null);
        assertThat(server.received(PacketType.CREATE)).isEqualTo(1);
        assertThat(server.received(PacketType.REQUEST)).isEqualTo(1);
        for (PacketType type : List.of(PacketType.PUT, PacketType.APPEND, PacketType.WIPE, PacketType.SUBSCRIBE)) {
            assertThat(server.received(type)).as("%s", type).isZero();
        }
    }

    @Test
    void eachSubscriptionIsOneRequest() {
        PlabbleSession session = connect(client());
        Bucket bucket = create(session);
        Mono<Void> append = bucket.append("again");
        Flux<Slot> read = bucket.read();
        int remaining = session.remainingRequests();

        done(append);
        done(append);
        assertThat(slots(read)).hasSize(2);
        done(append);
        assertThat(slots(read)).hasSize(3);

        assertThat(server.received(PacketType.APPEND)).isEqualTo(3);
        assertThat(server.received(PacketType.REQUEST)).isEqualTo(2);
        assertThat(session.remainingRequests()).isEqualTo(remaining - 5);
    }

    @Test
    void whatIsChangedAfterTheCallIsSentAsItWas() {
        Bucket bucket = create(connect(client()));
        byte[] content = {1, 2, 3};
        List<byte[]> contents = new ArrayList<>(List.of(content));
        List<Slot> several = new ArrayList<>(List.of(Slot.of(9, content)));
        ByteBuffer buffer = ByteBuffer.wrap(content);
        Mono<Void> put = bucket.put(0, content);
        Mono<Void> putSeveral = bucket.put(several);
        Mono<Void> putBuffer = bucket.put(Slot.of(10, buffer));
        Mono<Void> append = bucket.append(contents);
        Mono<Void> appendArray = bucket.append(content, content);

        content[0] = 99;
        contents.add(new byte[] {4});
        several.clear();
        buffer.position(2);

        done(put.then(putSeveral).then(putBuffer).then(append).then(appendArray));
        assertThat(slots(bucket.read())).extracting(Slot::index).containsExactly(0, 9, 10, 11, 12, 13);
        assertThat(slots(bucket.read()))
                .allSatisfy(slot -> assertThat(slot.bytes()).containsExactly(1, 2, 3));
    }

    @Test
    void whatComesBackIsReadOnlyOrACopy() {
        Bucket bucket = create(connect(client()));
        done(bucket.put(0, new byte[] {1, 2, 3}));

        Slot slot = bucket.read(0).blockFirst(BOUND);

        assertThat(slot.content().isReadOnly()).isTrue();
        assertThat(slot.content().hasArray()).isFalse();
        assertThatThrownBy(() -> slot.content().put(0, (byte) 9)).isInstanceOf(ReadOnlyBufferException.class);
        slot.content().get();
        slot.bytes()[0] = 9;
        assertThat(slot.content().remaining()).isEqualTo(3);
        assertThat(slot.bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void anUpdateIsReadOnlyToo() {
        Bucket bucket = create(connect(client()), ALL_PRIVATE.subscribed());
        done(bucket.put(0, "content"));

        StepVerifier.create(bucket.updates().take(1))
                .assertNext(update ->
                        assertThat(update.slot().content().isReadOnly()).isTrue())
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void theReactorContextReachesAcrossRequests() {
        PlabbleSession session = connect(client());
        Mono<List<Object>> seen = Mono.deferContextual(context -> session.createBucket(ALL_PRIVATE)
                        .flatMap(bucket -> bucket.put(0, context.<String>get("key"))
                                .then(Mono.deferContextual(inner -> bucket.append(inner.<String>get("key"))))
                                .thenReturn(bucket)))
                .flatMapMany(bucket -> bucket.read()
                        .flatMap(slot ->
                                Mono.deferContextual(inner -> Mono.<Object>just(inner.get("key") + slot.text()))))
                .collectList();

        StepVerifier.create(seen.contextWrite(context -> context.put("key", "value")))
                .expectNext(List.of("valuevalue", "valuevalue"))
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void theReactorContextReachesWhatFollowsAnUpdate() {
        Bucket bucket = create(connect(client()), ALL_PRIVATE.subscribed());
        done(bucket.append("first"));

        StepVerifier.create(bucket.updates()
                        .take(1)
                        .flatMap(update -> Mono.deferContextual(context ->
                                bucket.put(1, context.<String>get("key")).thenReturn(update.index())))
                        .contextWrite(context -> context.put("key", "value")))
                .expectNext(0)
                .expectComplete()
                .verify(BOUND);
        assertThat(slots(bucket.read(1))).containsExactly(Slot.of(1, "value"));
    }
}
