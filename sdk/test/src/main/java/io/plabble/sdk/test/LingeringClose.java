package io.plabble.sdk.test;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.PromiseNotifier;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a TCP connection so that what was sent last arrives. A plain close while bytes are unread or underway resets the
 * connection, and a reset may overtake an ERROR or a Close frame; so first only this end is closed, and what still comes in is
 * dropped. Comes before all other handlers.
 */
final class LingeringClose extends ChannelDuplexHandler {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private boolean wanted;
    private boolean lingering;

    /** Closes like this, after what TLS and WebSocket have to say. */
    static void close(Channel channel) {
        @Nullable LingeringClose handler = channel.pipeline().get(LingeringClose.class);
        if (handler != null) { // else the connection is gone already, and its handlers with it
            handler.wanted = true;
        }
        channel.close();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!wanted || !(context.channel() instanceof DuplexChannel tcp) || !tcp.isActive()) {
            context.close(promise);
            return;
        }
        PromiseNotifier.cascade(tcp.closeFuture(), promise);
        if (!lingering) {
            lingering = true;
            tcp.shutdownOutput().addListener((ChannelFuture shut) -> {
                if (!shut.isSuccess()) {
                    context.close();
                }
            });
            context.executor().schedule(() -> context.close(), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (lingering) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }
}
