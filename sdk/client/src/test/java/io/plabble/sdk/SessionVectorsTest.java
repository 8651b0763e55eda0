package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.AppendRequest;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The recorded connections of {@code session.json}, replayed through a real socket: the client sends every byte of its part. */
class SessionVectorsTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final BucketSpec ANYTHING = BucketSpec.of(); // the ids are recorded

    @ParameterizedTest
    @VectorSource(file = "session.json", list = "sessions")
    void theClientsPartOfARecordedSessionIsSentByteForByte(VectorCase vector) throws Exception {
        List<VectorCase> messages = vector.cases("messages");
        BucketId bucketId = BucketId.of(messages.get(0).bytes("bucketId"));
        RecordedHandshake handshake = new RecordedHandshake(vector);
        try (ScriptedServer server = new ScriptedServer(client -> {
            handshake.answer(client);
            for (VectorCase message : messages) {
                if (message.text("from").equals("client")) {
                    client.expect(message.bytes("packetWithLength"));
                } else {
                    client.send(message.bytes("packetWithLength"));
                }
            }
            client.expectEnd();
        })) {
            PlabbleSession session = handshake
                    .client(server)
                    .origins(origins -> origins.withBucketIds(spec -> bucketId))
                    .connect()
                    .block(BOUND);
            assertThat(HexFormat.of().formatHex(session.sharedSecret().copy())).isEqualTo(vector.text("sessionKey"));

            carryOut(session, messages);

            session.close().block(BOUND);
            server.awaitEnd();
        }
    }

    private static void carryOut(PlabbleSession session, List<VectorCase> messages) {
        Bucket bucket = session.createBucket(ANYTHING.subscribed()).block(BOUND);
        assertThat(bucket.key().orElseThrow().copy()).isEqualTo(messages.get(2).bytes("bucketKey"));
        List<byte[]> appended = contents(messages.get(6));
        Slot three = Slot.of(3, "three");
        Slot five = Slot.of(5, "five");
        Slot six = Slot.of(6, appended.get(0));
        Slot seven = Slot.of(7, appended.get(1));

        StepVerifier.create(bucket.updates())
                .then(() -> done(bucket.put(three, five)))
                .expectNext(changed(three), changed(five))
                .then(() -> done(bucket.append(appended)))
                .expectNext(changed(six), changed(seven))
                .then(() -> slots(bucket.read(), three, five, six, seven))
                .then(() -> slots(bucket.read(SlotRange.of(4, 6)), five, six))
                .then(() -> done(bucket.wipe(5)))
                .expectNext(changed(Slot.of(5, "")))
                .then(() -> slots(bucket.read(SlotRange.from(4)), six, seven))
                .thenCancel()
                .verify(BOUND);
        done(bucket.put(3, "THREE"));
        refused(session.createBucket(ANYTHING), ErrorCode.BUCKET_ALREADY_EXISTS);
        BucketId unknown = BucketId.of(messages.get(25).bytes("bucketId"));
        refused(session.bucket(unknown).read(), ErrorCode.BUCKET_DOES_NOT_EXIST);
        StepVerifier.create(bucket.updates(SlotRange.of(3, 4)))
                .then(() -> done(bucket.put(Slot.of(2, "out"), Slot.of(3, "in"))))
                .expectNext(changed(Slot.of(3, "in")))
                .thenCancel()
                .verify(BOUND);
        done(bucket.delete());
        refused(session.bucket(bucket.id()).read(), ErrorCode.BUCKET_DOES_NOT_EXIST);
    }

    private static List<byte[]> contents(VectorCase append) {
        byte[] header = ByteBuffer.allocate(BucketRequest.HEADER_LENGTH)
                .put((byte) PacketType.APPEND.value())
                .put(append.bytes("bucketId"))
                .array();
        return ((AppendRequest) BucketRequest.decode(header, ByteBuffer.wrap(append.bytes("body"))))
                .contents().stream().map(content -> Slot.of(0, content).bytes()).toList();
    }

    private static SlotUpdate changed(Slot slot) {
        return new SlotUpdate(slot, SlotUpdate.Kind.CHANGED);
    }

    private static void done(Mono<Void> request) {
        StepVerifier.create(request).expectComplete().verify(BOUND);
    }

    private static void slots(Flux<Slot> read, Slot... expected) {
        StepVerifier.create(read).expectNext(expected).expectComplete().verify(BOUND);
    }

    private static void refused(Publisher<?> request, ErrorCode code) {
        StepVerifier.create(request)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                PlabbleServerException.class,
                                refusal -> assertThat(refusal.errorCode()).contains(code)))
                .verify(BOUND);
    }
}
