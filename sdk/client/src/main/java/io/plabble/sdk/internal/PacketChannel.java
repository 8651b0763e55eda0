package io.plabble.sdk.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.internal.frame.FrameDecoder;
import io.plabble.sdk.PlabbleConnectException;
import io.plabble.sdk.PlabbleSessionClosedException;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The client's end of one connection: hands out the answer to CONNECT, refuses bytes that nothing asked for, and knows how the
 * connection ended. Whatever fails, the channel is closed first; {@link #channelInactive} is where others hear of it.
 */
final class PacketChannel extends ChannelInboundHandlerAdapter {
    private final FrameDecoder frames;
    private final Sinks.One<byte[]> answer = Sinks.one();
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private volatile boolean closedByUs;
    private volatile @Nullable SocketAddress remoteAddress;
    private @Nullable PlabbleException failure;
    private @Nullable Throwable cause;

    PacketChannel(FrameDecoder frames) {
        this.frames = frames;
    }

    /** The answer to CONNECT, without Length. */
    Mono<byte[]> answer() {
        return answer.asMono();
    }

    /** Completes if this end closed the connection, else signals why it ended. */
    Mono<Void> onClose() {
        return closed.asMono();
    }

    /** Where the connection goes; known as long as anybody asks, also after its end. */
    SocketAddress remoteAddress() {
        return Objects.requireNonNull(remoteAddress, "not connected");
    }

    void closingByUs() {
        closedByUs = true;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        remoteAddress = context.channel().remoteAddress();
        context.fireChannelActive();
        // Reactor Netty reads on demand of its own inbound, which this handler stands in front of.
        context.channel().config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            frames.expectNothing(); // until a request is sent (§4)
            answer.tryEmitValue(ByteBufUtil.getBytes((ByteBuf) message));
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
        if (error instanceof PlabbleException broken) {
            failure = failure == null ? broken : failure;
        } else if (error instanceof IOException && remoteAddress != null) {
            cause = error; // a reset: what it means depends on where in the stream it came
        } else { // before the connection stands, Reactor Netty is the one that waits to hear of it
            cause = error;
            context.fireExceptionCaught(error);
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        answer.tryEmitError(
                failure != null
                        ? failure
                        : new PlabbleConnectException(
                                Reason.CONNECTION_CLOSED, "the server closed the connection without an answer", cause));
        if (failure != null) {
            closed.tryEmitError(failure);
        } else if (closedByUs) {
            closed.tryEmitEmpty();
        } else {
            closed.tryEmitError(new PlabbleSessionClosedException(
                    PlabbleSessionClosedException.Why.CLOSED_BY_PEER,
                    "the server closed the connection; connect again",
                    cause));
        }
        context.fireChannelInactive();
    }
}
