package io.plabble.protocol.internal.frame;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** Puts the Length in front of each packet (§1), in one buffer of the channel's, into which Netty would have to copy the packet anyway. */
@ChannelHandler.Sharable
public final class FrameEncoder extends MessageToByteEncoder<byte[]> {
    public static final FrameEncoder INSTANCE = new FrameEncoder();

    private FrameEncoder() {}

    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext context, byte[] packet, boolean preferDirect) {
        return context.alloc().ioBuffer(DynamicLength.size(packet.length) + packet.length);
    }

    @Override
    protected void encode(ChannelHandlerContext context, byte[] packet, ByteBuf out) {
        DynamicLength.write(packet.length, out);
        out.writeBytes(packet);
    }
}
