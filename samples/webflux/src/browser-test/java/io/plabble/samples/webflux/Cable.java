package io.plabble.samples.webflux;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** Lies between a browser and the service, and can be cut without stopping either. */
final class Cable implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final int target;
    private final DisposableServer end;
    private volatile boolean cut;

    Cable(int target) {
        this.target = target;
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

    private static Mono<Void> forward(NettyInbound from, NettyOutbound to) {
        return to.send(from.receive().retain(), always -> true).then();
    }

    int port() {
        return end.port();
    }

    void cut() {
        cut = true;
        open.close().awaitUninterruptibly(RunningService.BOUND.toMillis());
    }

    void mend() {
        cut = false;
    }

    @Override
    public void close() {
        end.disposeNow(RunningService.BOUND);
    }
}
