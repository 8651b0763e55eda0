package io.plabble.samples.webflux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** Lies between a browser and the service, and can be cut or stalled without stopping either. */
final class Cable implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final DisposableServer end;
    private volatile int target;
    private volatile boolean cut;
    private volatile Sinks.Empty<Void> mended = Sinks.empty();

    Cable() {
        mend();
        this.end = TcpServer.create()
                .host(LOOPBACK)
                .port(0)
                .channelGroup(open)
                .handle((in, out) -> cut ? Mono.empty() : relay(in, out))
                .bindNow(RunningService.BOUND);
    }

    private Mono<Void> relay(NettyInbound in, NettyOutbound out) {
        return TcpClient.newConnection()
                .host(LOOPBACK)
                .port(target)
                .connect()
                .flatMap(far -> Mono.firstWithSignal(forward(in, far.outbound()), forward(far.inbound(), out))
                        .doFinally(signal -> far.dispose()));
    }

    private Mono<Void> forward(NettyInbound from, NettyOutbound to) {
        return to.send(
                        from.receive()
                                .retain()
                                .delayUntil(bytes -> mended.asMono())
                                .doOnDiscard(ByteBuf.class, ByteBuf::release),
                        always -> true)
                .then();
    }

    int port() {
        return end.port();
    }

    void cut() {
        cut = true;
        open.close().awaitUninterruptibly(RunningService.BOUND.toMillis());
    }

    /** Neither end is told: what is sent stays on the way until {@link #mend()}. */
    void stall() {
        mended = Sinks.empty();
    }

    void mend() {
        cut = false;
        mended.tryEmitEmpty();
    }

    /** To a service; those who are connected stay so. */
    void leadTo(int port) {
        target = port;
    }

    @Override
    public void close() {
        end.disposeNow(RunningService.BOUND);
    }
}
