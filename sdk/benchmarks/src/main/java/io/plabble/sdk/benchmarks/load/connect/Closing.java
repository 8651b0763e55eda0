package io.plabble.sdk.benchmarks.load.connect;

import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/** The end of a connection that is not Plabble's. */
final class Closing {
    private Closing() {}

    static Mono<Void> close(Connection connection) {
        connection.dispose();
        return connection.onDispose();
    }
}
