package io.plabble.sdk.test;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;

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

    /** Closes so that the peer sees a reset, and nothing before it: what TLS and WebSocket would send is passed by. */
    static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.pipeline().firstContext().close();
    }
}
