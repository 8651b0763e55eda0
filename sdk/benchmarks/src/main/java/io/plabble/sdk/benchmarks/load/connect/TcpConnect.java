package io.plabble.sdk.benchmarks.load.connect;

import io.plabble.sdk.benchmarks.load.Latency;
import io.plabble.sdk.benchmarks.load.Load;
import java.util.List;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;

/** The floor: a connection of Reactor Netty, on which as many bytes as a CONNECT packet has come back once. */
public final class TcpConnect implements Load {
    private static final byte[] REQUEST = new byte[35];

    private final TcpClient client;

    /** @param arguments the echo server's port */
    public TcpConnect(List<String> arguments) {
        this.client = TcpClient.create(ConnectionProvider.newConnection())
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments.get(0)));
    }

    @Override
    public Mono<Void> once(Histogram latencies) {
        return Latency.record(client.connect().delayUntil(TcpConnect::echo), latencies)
                .flatMap(Closing::close);
    }

    private static Mono<Integer> echo(Connection connection) {
        return connection
                .outbound()
                .sendByteArray(Mono.just(REQUEST))
                .then()
                .thenMany(connection.inbound().receive())
                .map(bytes -> bytes.readableBytes())
                .scan(Integer::sum)
                .filter(received -> received == REQUEST.length)
                .next();
    }
}
