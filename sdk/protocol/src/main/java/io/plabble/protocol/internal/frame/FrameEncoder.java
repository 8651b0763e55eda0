package io.plabble.protocol.internal.frame;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/**
 * Puts the Length in front of each packet (§1), in one buffer: packets come on the heap, from where they have to be copied anyway
 * before they are written to a socket or encrypted by TLS.
 */
@ChannelHandler.Sharable
public final class FrameEncoder extends MessageToByteEncoder<ByteBuf> {
    public static final FrameEncoder INSTANCE = new FrameEncoder();

    private FrameEncoder() {}

    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext context, ByteBuf packet, boolean preferDirect) {
        int length = packet.readableBytes();
        return context.alloc().ioBuffer(DynamicLength.size(length) + length);
    }

    @Override
    protected void encode(ChannelHandlerContext context, ByteBuf packet, ByteBuf out) {
        DynamicLength.write(packet.readableBytes(), out);
        out.writeBytes(packet);
    }
}
