package io.plabble.sdk.benchmarks.load.many;

import io.plabble.sdk.benchmarks.load.request.EchoConnection;
import java.util.List;
import reactor.core.publisher.Mono;

/** The floor: connections of Reactor Netty whose server sends everything back. */
final class HeldConnections {
    private static final int CONTENT = 64;

    private final int port;

    /** @param address the echo server's */
    HeldConnections(List<String> address) {
        this.port = Integer.parseInt(address.get(0));
    }

    Mono<Held> open() {
        return EchoConnection.open(port, CONTENT).map(HeldConnection::new);
    }

    private record HeldConnection(EchoConnection connection) implements Held {
        @Override
        public Mono<?> request() {
            return connection.request().then();
        }

        @Override
        public Mono<Void> close() {
            return connection.close();
        }
    }
}
