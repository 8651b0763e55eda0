package io.plabble.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.internal.frame.DynamicLength;
import io.plabble.protocol.internal.packet.Acknowledgement;
import io.plabble.protocol.internal.packet.Response;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.protection.PacketProtection;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.internal.sessions.CountedTime;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A response or update that differs in any bit or lacks any byte ends the session, and who waits for it hears why (§7). */
class MutatedResponseTest {
    private static final BucketId BUCKET = BucketId.of(new byte[BucketId.LENGTH]);
    private static final SlotsResponse SLOTS = new SlotsResponse(0, List.of(Slot.of(7, "content")));
    private static final int SHORTEST = Response.HEADER_LENGTH + PacketProtection.OVERHEAD;

    private final CountedTime time = CountedTime.begin();

    @AfterEach
    void endTime() {
        VirtualTimeScheduler.reset();
    }

    /** What is waited for, and what the server has sent before. */
    private enum Waiting {
        FOR_AN_ANSWER(Bucket::read),
        FOR_AN_UPDATE(Bucket::updates, new Acknowledgement(PacketType.SUBSCRIBE, 0));

        private final Function<Bucket, Flux<?>> request;
        private final List<Acknowledgement> before;

        Waiting(Function<Bucket, Flux<?>> request, Acknowledgement... before) {
            this.request = request;
            this.before = List.of(before);
        }
    }

    private static Stream<Arguments> everyWay() {
        return Stream.of("pinned-20", "pinned-plain-00")
                .map(RecordedConnect::valid)
                .flatMap(exchange -> Stream.of(Waiting.values()).map(waiting -> Arguments.of(exchange, waiting)));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void itMayBeCutInTwoAnywhere(RecordedConnect exchange, Waiting waiting) {
        byte[] packet = packet(exchange, waiting);
        for (int cut = 0; cut <= packet.length; cut++) {
            Heard heard = play(exchange, waiting, Bytes.head(packet, cut), Bytes.tail(packet, cut));

            assertThat(heard.items).as("cut after %d bytes", cut).hasSize(1);
            assertThat(heard.end).isEqualTo(Reason.CONNECTION_CLOSED);
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void everyBitCounts(RecordedConnect exchange, Waiting waiting) {
        byte[] packet = packet(exchange, waiting);
        for (int bit = 0; bit < Bytes.bits(packet); bit++) {
            byte[] changed = Bytes.flipped(packet, bit);
            Reason reason = bit < Byte.SIZE ? ofLength(changed) : Reason.AUTHENTICATION_FAILED;

            assertEnded(reason, play(exchange, waiting, changed), "bit " + bit);
        }
    }

    private static Reason ofLength(byte[] changed) {
        ByteBuf stream = Unpooled.wrappedBuffer(changed);
        int length;
        try {
            length = DynamicLength.read(stream);
        } catch (PlabbleProtocolException e) {
            return e.reason();
        }
        if (length > stream.readableBytes()) {
            return length > Limits.DEFAULT.maxPacketSize() ? Reason.PACKET_TOO_LARGE : Reason.TRUNCATED;
        }
        return length < SHORTEST ? Reason.MALFORMED : Reason.AUTHENTICATION_FAILED;
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void noByteMayBeMissing(RecordedConnect exchange, Waiting waiting) {
        byte[] packet = packet(exchange, waiting);
        for (int length = 0; length < packet.length; length++) {
            assertEnded(
                    length == 0 ? Reason.CONNECTION_CLOSED : Reason.TRUNCATED,
                    play(exchange, waiting, Bytes.head(packet, length)),
                    length + " bytes, then the end");
        }
        for (int length = 0; length < packet.length - 1; length++) {
            assertEnded(
                    length < SHORTEST ? Reason.MALFORMED : Reason.AUTHENTICATION_FAILED,
                    play(exchange, waiting, Frames.withLength(Bytes.head(Frames.packet(packet), length))),
                    "a packet of " + length + " bytes");
        }
    }

    /** Nothing was delivered, and whoever waited and the session's owner have heard the same. */
    private static void assertEnded(Reason reason, Heard heard, String which) {
        assertThat(heard.items).as(which).isEmpty();
        assertThat(heard.errors).as(which).hasSize(1);
        assertThat(((PlabbleException) heard.errors.get(0)).reason()).as(which).isEqualTo(reason);
        assertThat(heard.end).as(which).isEqualTo(reason);
    }

    /**
     * What came of it.
     *
     * @param end of the session
     */
    private record Heard(List<Object> items, List<Throwable> errors, Reason end) {}

    private static byte[] packet(RecordedConnect exchange, Waiting waiting) {
        SealingServer server = new SealingServer(exchange);
        waiting.before.forEach(server::seal);
        return server.seal(SLOTS);
    }

    private Heard play(RecordedConnect exchange, Waiting waiting, byte[]... pieces) {
        MemoryConnection connection = MemoryConnection.connect(exchange.settings(), time);
        connection.receive(exchange.answer());
        List<Object> items = new ArrayList<>();
        List<Throwable> errors = new ArrayList<>();
        waiting.request.apply(connection.session().bucket(BUCKET)).subscribe(items::add, errors::add);
        SealingServer server = new SealingServer(exchange);
        waiting.before.forEach(response -> connection.receive(server.seal(response)));
        for (byte[] piece : pieces) {
            connection.receive(piece);
        }
        return new Heard(items, errors, connection.finish().reason());
    }
}
