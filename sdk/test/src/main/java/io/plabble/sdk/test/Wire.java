package io.plabble.sdk.test;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.flush.FlushConsolidationHandler;
import org.jspecify.annotations.Nullable;

/** How packets go out on one connection, and how long they may be that come in: what the transports of §1 differ in. */
interface Wire {
    /**
     * Completes when the last of it has been written.
     *
     * @param packet without Length
     * @param rewrite what faults change about it
     */
    ChannelFuture send(byte[] packet, Fault.Rewrite rewrite);

    /** From the next packet on, at most this many bytes are taken. */
    void accept(int limit);

    /** Sends at once what was to leave together with what else one turn of the event loop sends. */
    static void flush(Channel channel) {
        @Nullable ChannelHandlerContext together = channel.pipeline().context(FlushConsolidationHandler.class);
        if (together != null) {
            together.flush();
        }
    }

    /** Closes the TCP connection, past all handlers: what TLS and WebSocket would send first is not sent. */
    static void cut(Channel channel) {
        flush(channel);
        channel.pipeline().firstContext().close();
    }

    /** As {@link #cut}, but so that the peer sees a reset. */
    static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        cut(channel);
    }
}
