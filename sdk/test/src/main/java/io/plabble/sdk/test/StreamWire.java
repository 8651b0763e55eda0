package io.plabble.sdk.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.plabble.protocol.internal.frame.DynamicLength;
import io.plabble.protocol.internal.frame.FrameDecoder;

/** Packets in a stream of bytes, with their Length (§1, §2): TCP, and TLS on it. */
final class StreamWire implements Wire {
    private final Channel channel;
    private final FrameDecoder decoder;

    StreamWire(Channel channel, FrameDecoder decoder) {
        this.channel = channel;
        this.decoder = decoder;
    }

    /** The packet with its Length in front. */
    static byte[] framed(byte[] packet) {
        ByteBuf wire = Unpooled.buffer(packet.length + DynamicLength.size(packet.length));
        DynamicLength.write(packet.length, wire);
        return ByteBufUtil.getBytes(wire.writeBytes(packet));
    }

    @Override
    public ChannelFuture send(byte[] packet, Fault.Rewrite rewrite) {
        byte[] changed = rewrite.change().apply(framed(packet));
        ByteBuf wire = rewrite.appended()
                .map(appended -> Unpooled.wrappedBuffer(changed, appended))
                .orElseGet(() -> Unpooled.wrappedBuffer(changed));
        ChannelFuture written = channel.newSucceededFuture();
        while (wire.isReadable()) {
            int length = Math.min(rewrite.segment(), wire.readableBytes());
            written = channel.writeAndFlush(wire.readRetainedSlice(length));
            if (wire.isReadable()) { // a segment is one because it travels alone
                Wire.flush(channel);
            }
        }
        wire.release();
        return written;
    }

    @Override
    public void accept(int limit) {
        decoder.accept(limit);
    }
}
