package io.plabble.sdk.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.plabble.protocol.internal.frame.DynamicLength;

/** What faults may change about a packet on its way out: its bytes with Length, and how they are written. */
final class Wire {
    /** All at once. */
    static final int ONE_SEGMENT = Integer.MAX_VALUE;

    private Wire() {}

    /** The packet with its Length in front. */
    static byte[] framed(byte[] packet) {
        ByteBuf wire = Unpooled.buffer(packet.length + DynamicLength.size(packet.length));
        DynamicLength.write(packet.length, wire);
        return ByteBufUtil.getBytes(wire.writeBytes(packet));
    }

    /** Completes when the last segment has been written. */
    static ChannelFuture write(Channel channel, byte[] wire, int segment) {
        ChannelFuture written = channel.newSucceededFuture();
        for (int from = 0; from < wire.length; from += segment) {
            int length = Math.min(segment, wire.length - from);
            written = channel.writeAndFlush(Unpooled.wrappedBuffer(wire, from, length));
            if (length < segment) {
                break; // also keeps from + segment from overflowing
            }
        }
        return written;
    }

    /** Closes so that the peer sees a reset. */
    static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }
}
