package io.plabble.testsupport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.plabble.protocol.internal.frame.FrameDecoder;
import io.plabble.protocol.internal.frame.FrameEncoder;

/** One packet, with and without its Length. */
public final class Frames {
    private static final int LIMIT = 65_536;

    private Frames() {}

    /** What the encoder makes of a packet. */
    public static byte[] withLength(byte[] packet) {
        EmbeddedChannel channel = new EmbeddedChannel(FrameEncoder.INSTANCE);
        channel.writeOutbound((Object) packet);
        channel.finish();
        CompositeByteBuf stream = Unpooled.compositeBuffer();
        try {
            channel.outboundMessages().forEach(part -> stream.addComponent(true, (ByteBuf) part));
            return ByteBufUtil.getBytes(stream);
        } finally {
            stream.release();
        }
    }

    /** The only packet that the decoder finds in a stream; its faults are thrown. */
    public static byte[] packet(byte[] stream) {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(LIMIT));
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(stream));
            channel.finish();
            if (channel.inboundMessages().size() != 1) {
                throw new AssertionError(channel.inboundMessages().size() + " packets");
            }
            return ByteBufUtil.getBytes((ByteBuf) channel.inboundMessages().element());
        } finally {
            channel.releaseInbound();
        }
    }
}
