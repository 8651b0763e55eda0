package io.plabble.sdk.test;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.plabble.protocol.internal.packet.ErrorResponse;
import org.jspecify.annotations.Nullable;

/**
 * Counts a TCP connection and plays the fault of {@link FaultPoint#ACCEPTED}. Comes before TLS and WebSocket, so that what it
 * sends is sent on TCP as it is.
 */
final class AcceptHandler extends ChannelInboundHandlerAdapter {
    private final Registry registry;

    AcceptHandler(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        registry.accept(context.channel());
        context.fireChannelActive();
        if (!played(registry.faults.at(FaultPoint.ACCEPTED), context)) {
            // Reactor Netty reads on demand of its own inbound, which the server's handlers stand in front of.
            context.channel().config().setAutoRead(true);
        }
    }

    private static boolean played(@Nullable Fault fault, ChannelHandlerContext context) {
        if (fault instanceof Fault.Close) {
            context.close();
        } else if (fault instanceof Fault.Reset) {
            Wire.reset(context.channel());
        } else if (fault instanceof Fault.Refuse error) {
            byte[] packet = new ErrorResponse(error.code(), error.message()).encoded();
            context.writeAndFlush(Unpooled.wrappedBuffer(StreamWire.framed(packet)))
                    .addListener(written -> context.close());
        } else {
            return fault instanceof Fault.Silence;
        }
        return true;
    }
}
