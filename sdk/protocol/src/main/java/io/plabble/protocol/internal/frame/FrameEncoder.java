package io.plabble.protocol.internal.frame;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import java.util.List;

/** Puts the Length in front of each packet (§1). */
@ChannelHandler.Sharable
public final class FrameEncoder extends MessageToMessageEncoder<ByteBuf> {
    public static final FrameEncoder INSTANCE = new FrameEncoder();

    private FrameEncoder() {}

    @Override
    protected void encode(ChannelHandlerContext context, ByteBuf packet, List<Object> out) {
        int length = packet.readableBytes();
        ByteBuf prefix = context.alloc().buffer(DynamicLength.size(length));
        DynamicLength.write(length, prefix);
        out.add(prefix);
        out.add(packet.retain());
    }
}
