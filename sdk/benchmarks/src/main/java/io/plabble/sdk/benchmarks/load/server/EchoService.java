package io.plabble.sdk.benchmarks.load.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Sends everything back. */
final class EchoService implements Service {
    private final AtomicLong accepted = new AtomicLong();
    private final Listener listener = new Listener(channel -> {
        accepted.incrementAndGet();
        channel.pipeline().addFirst(new Echo());
    });

    /** @param arguments none */
    EchoService(List<String> arguments) {}

    @Override
    public String address() {
        return Integer.toString(listener.port());
    }

    @Override
    public long handshakes() {
        return accepted.get();
    }

    @Override
    public void close() {
        listener.close();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            context.write(bytes, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
