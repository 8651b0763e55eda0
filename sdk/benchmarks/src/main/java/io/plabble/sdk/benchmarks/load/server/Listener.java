package io.plabble.sdk.benchmarks.load.server;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

/** A port of this machine on which channels are accepted. */
final class Listener implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final DisposableServer server;

    /** @param initialize given each channel that is accepted, before anything is read of it */
    Listener(Consumer<Channel> initialize) {
        server = Objects.requireNonNull(TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .doOnChannelInit((observer, channel, address) -> initialize.accept(channel))
                .doOnConnection(connection -> connection.channel().config().setAutoRead(true))
                .bind()
                .block(DEADLINE));
    }

    int port() {
        return ((InetSocketAddress) server.address()).getPort();
    }

    @Override
    public void close() {
        server.disposeNow(DEADLINE);
    }
}
