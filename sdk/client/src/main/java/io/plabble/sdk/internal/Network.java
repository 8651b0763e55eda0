package io.plabble.sdk.internal;

import io.plabble.sdk.KeepAlive;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import reactor.netty.tcp.TcpClient;

/**
 * How the connection is made and kept; immutable.
 *
 * @param connectTimeout the one deadline over look-up, TCP, TLS, WebSocket and handshake
 * @param tcp changes Reactor Netty's client
 * @param keepAlive how TCP finds out that the path is dead
 * @param probe after how long a silence the server is asked for a sign of life
 */
public record Network(
        Duration connectTimeout, UnaryOperator<TcpClient> tcp, KeepAlive keepAlive, Optional<Duration> probe) {
    static final Network DEFAULT =
            new Network(Duration.ofSeconds(10), UnaryOperator.identity(), KeepAlive.DEFAULT, Optional.empty());

    public Network withConnectTimeout(Duration timeout) {
        return new Network(timeout, tcp, keepAlive, probe);
    }

    /** The customisers run in the order in which they were given. */
    public Network withTcp(UnaryOperator<TcpClient> next) {
        return new Network(connectTimeout, client -> next.apply(tcp.apply(client)), keepAlive, probe);
    }

    public Network withKeepAlive(KeepAlive chosen) {
        return new Network(connectTimeout, tcp, chosen, probe);
    }

    public Network withProbe(Duration silence) {
        return new Network(connectTimeout, tcp, keepAlive, Optional.of(silence));
    }
}
