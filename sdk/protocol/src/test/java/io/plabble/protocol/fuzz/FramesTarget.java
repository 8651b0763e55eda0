package io.plabble.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.internal.frame.DynamicLength;
import io.plabble.protocol.internal.frame.FrameDecoder;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.Frames;
import io.plabble.testsupport.fuzz.Choices;
import io.plabble.testsupport.fuzz.FuzzTarget;
import io.plabble.testsupport.fuzz.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The frame decoder (§1): however the stream is cut, its packets and its fault are those of the stream in one piece. */
final class FramesTarget implements FuzzTarget {
    private static final int LIMIT = 4096;
    private static final int STREAMS = 30;
    private static final int MOST_PACKETS = 4;
    private static final int LONGEST = 300;

    @Override
    public void accept(byte[] input) {
        Choices choices = new Choices(input);
        byte[] cuts = choices.bytes(choices.below(16));
        byte[] stream = choices.rest();

        Decoded expected = expected(stream);
        Decoded decoded = decoded(stream, cuts);
        assertThat(decoded.packets).containsExactlyElementsOf(expected.packets);
        assertThat(decoded.fault).isEqualTo(expected.fault);
    }

    /** @param fault that ended it */
    private record Decoded(List<byte[]> packets, @Nullable Reason fault) {}

    private static Decoded expected(byte[] stream) {
        ByteBuf source = Unpooled.wrappedBuffer(stream);
        List<byte[]> packets = new ArrayList<>();
        while (source.isReadable()) {
            int length;
            try {
                length = DynamicLength.read(source);
            } catch (PlabbleProtocolException e) {
                return new Decoded(packets, e.reason());
            }
            if (length == 0) {
                return new Decoded(packets, Reason.MALFORMED);
            }
            if (length > LIMIT) {
                return new Decoded(packets, Reason.PACKET_TOO_LARGE);
            }
            if (length == DynamicLength.INCOMPLETE || length > source.readableBytes()) {
                return new Decoded(packets, Reason.TRUNCATED);
            }
            packets.add(ByteBufUtil.getBytes(source.readSlice(length)));
        }
        return new Decoded(packets, null);
    }

    private static Decoded decoded(byte[] stream, byte[] cuts) {
        UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(LIMIT));
        channel.config().setAllocator(memory);
        List<byte[]> packets = new ArrayList<>();
        Reason fault = null;
        try {
            int offset = 0;
            for (byte cut : cuts) {
                int end = Math.min(stream.length, offset + (cut & 0xff));
                write(channel, memory, Bytes.head(stream, end), offset);
                offset = end;
            }
            write(channel, memory, stream, offset);
            channel.finish();
        } catch (PlabbleProtocolException e) {
            fault = e.reason();
        }
        for (ByteBuf packet = channel.readInbound(); packet != null; packet = channel.readInbound()) {
            packets.add(ByteBufUtil.getBytes(packet));
            packet.release();
        }
        channel.finishAndReleaseAll();
        assertThat(memory.metric().usedHeapMemory()).isZero();
        return new Decoded(packets, fault);
    }

    private static void write(EmbeddedChannel channel, UnpooledByteBufAllocator memory, byte[] stream, int offset) {
        channel.writeInbound(memory.buffer().writeBytes(stream, offset, stream.length - offset));
    }

    @Override
    public Stream<byte[]> seeds() {
        Random random = Seeds.random();
        return Seeds.around(IntStream.range(0, STREAMS).mapToObj(number -> {
            byte[] cuts = new byte[1 + number % 5];
            random.nextBytes(cuts);
            cuts[0] = (byte) (cuts.length - 1);
            byte[][] packets = Stream.generate(() -> new byte[1 + random.nextInt(LONGEST)])
                    .limit(random.nextInt(MOST_PACKETS))
                    .map(Frames::withLength)
                    .toArray(byte[][]::new);
            return Bytes.join(cuts, Bytes.join(packets));
        }));
    }
}
