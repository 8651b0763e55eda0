package io.plabble.sdk.benchmarks.load.server;

import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketServer;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** Answers each request with its own payload. */
final class RSocketService implements Service {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final AtomicLong accepted = new AtomicLong();
    private final CloseableChannel server;

    /** @param arguments none */
    RSocketService(List<String> arguments) {
        SocketAcceptor echo = SocketAcceptor.forRequestResponse(Mono::just);
        server = Objects.requireNonNull(RSocketServer.create((setup, socket) -> {
                    accepted.incrementAndGet();
                    return echo.accept(setup, socket);
                })
                .payloadDecoder(PayloadDecoder.ZERO_COPY)
                .bind(TcpServerTransport.create("127.0.0.1", 0))
                .block(DEADLINE));
    }

    @Override
    public String address() {
        return Integer.toString(server.address().getPort());
    }

    @Override
    public long handshakes() {
        return accepted.get();
    }

    @Override
    public void close() {
        server.dispose();
    }
}
