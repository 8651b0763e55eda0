package io.plabble.protocol.internal.frame;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.plabble.protocol.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    private static final int LIMIT = 300;
    private static final List<byte[]> PACKETS =
            List.of(packet(1), packet(2), packet(127), packet(128), packet(LIMIT), packet(3));

    private FrameDecoder decoder = new FrameDecoder(LIMIT);
    private EmbeddedChannel channel = new EmbeddedChannel(decoder);
    private final List<ByteBuf> written = new ArrayList<>();

    @AfterEach
    void everyBufferIsReleased() {
        channel.finishAndReleaseAll();
        assertThat(written).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    }

    @Test
    void cutsPacketsThatArriveTogether() {
        write(stream());

        assertThat(received()).containsExactlyElementsOf(PACKETS);
    }

    @Test
    void cutsPacketsThatArriveByteByByte() {
        for (byte one : stream()) {
            write(one);
        }

        assertThat(received()).containsExactlyElementsOf(PACKETS);
    }

    @Test
    void cutsPacketsWhereverTheStreamIsSplit() {
        byte[] stream = stream();
        for (int split = 0; split <= stream.length; split++) {
            write(Arrays.copyOf(stream, split));
            write(Arrays.copyOfRange(stream, split, stream.length));

            assertThat(received()).as("split at %d", split).containsExactlyElementsOf(PACKETS);
        }
    }

    @Test
    void readsWhatTheEncoderWrites() {
        EmbeddedChannel encoder = new EmbeddedChannel(FrameEncoder.INSTANCE);
        PACKETS.forEach(packet -> encoder.writeOutbound((Object) packet));
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            channel.writeInbound(part);
        }

        assertThat(received()).containsExactlyElementsOf(PACKETS);
        assertThat(encoder.finish()).isFalse();
    }

    @Test
    void refusesALengthAboveTheLimitBeforeThePacketArrives() {
        assertRefused(Reason.PACKET_TOO_LARGE, () -> write(length(LIMIT + 1)))
                .hasMessageContaining("301")
                .hasMessageContaining("300");
    }

    @Test
    void refusesAnEmptyPacket() {
        assertRefused(Reason.MALFORMED, () -> write((byte) 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8000", "ff8000", "ffffffff", "80808080"})
    void refusesALengthThatIsNotMinimalOrTooLong(String length) {
        assertRefused(Reason.MALFORMED, () -> write(HexFormat.of().parseHex(length)));
    }

    @Test
    void deliversThePacketsBeforeAFaultAndNoneAfterIt() {
        assertRefused(Reason.MALFORMED, () -> write(concat(framed(packet(5)), new byte[1], framed(packet(6)))));
        write(framed(packet(7)));

        assertThat(received()).containsExactly(packet(5));
        assertThatCode(channel::finish).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 129})
    void reportsAStreamThatEndsInsideAPacket(int arrived) {
        write(Arrays.copyOf(framed(packet(128)), arrived));

        assertRefused(Reason.TRUNCATED, channel::finish);
    }

    @Test
    void takesAStreamThatEndsBetweenPackets() {
        write(stream());

        assertThatCode(channel::finish).doesNotThrowAnyException();
        assertThat(received()).containsExactlyElementsOf(PACKETS);
    }

    @Test
    void refusesAnyByteWhereNothingIsExpected() {
        write(framed(packet(4)));
        decoder.expectNothing();

        assertRefused(Reason.MALFORMED, () -> write((byte) 1));
        assertThat(received()).containsExactly(packet(4));
    }

    @Test
    void takesTheEndOfTheStreamWhereNothingIsExpected() {
        decoder.expectNothing();

        assertThatCode(channel::finish).doesNotThrowAnyException();
    }

    @Test
    void allocatesNothingForAnAnnouncedLength() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        decoder = new FrameDecoder(DynamicLength.MAX);
        channel = new EmbeddedChannel(decoder);
        channel.config().setAllocator(allocator);

        write(length(DynamicLength.MAX));
        write(packet(10));
        write(packet(10));

        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .isLessThan(1024);
        assertRefused(Reason.TRUNCATED, channel::finish);
    }

    private void write(byte... bytes) {
        channel.writeInbound(track(bytes));
    }

    private ByteBuf track(byte[] bytes) {
        ByteBuf buffer = Unpooled.buffer(bytes.length + 1).writeBytes(bytes); // never the shared empty buffer
        written.add(buffer);
        return buffer;
    }

    private List<byte[]> received() {
        List<byte[]> packets = new ArrayList<>();
        for (ByteBuf packet = channel.readInbound(); packet != null; packet = channel.readInbound()) {
            packets.add(ByteBufUtil.getBytes(packet));
            packet.release();
        }
        return packets;
    }

    private static byte[] stream() {
        return concat(PACKETS.stream().map(FrameDecoderTest::framed).toArray(byte[][]::new));
    }

    private static byte[] framed(byte[] packet) {
        return concat(length(packet.length), packet);
    }

    private static byte[] length(int value) {
        ByteBuf length = Unpooled.buffer();
        DynamicLength.write(value, length);
        return ByteBufUtil.getBytes(length);
    }

    private static byte[] packet(int length) {
        byte[] packet = new byte[length];
        for (int i = 0; i < length; i++) {
            packet[i] = (byte) (length + i);
        }
        return packet;
    }

    private static byte[] concat(byte[]... parts) {
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(parts));
    }
}
