package io.plabble.sdk.benchmarks.load.request;

import io.plabble.sdk.benchmarks.load.Latency;
import io.plabble.sdk.benchmarks.load.Load;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/** The floor: requests on a bare connection. */
public final class EchoRequests implements Load {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final EchoConnection connection;

    /** @param arguments the echo server's port, and how many bytes a request has */
    public EchoRequests(List<String> arguments) {
        connection = Objects.requireNonNull(
                EchoConnection.open(Integer.parseInt(arguments.get(0)), Integer.parseInt(arguments.get(1)))
                        .block(DEADLINE));
    }

    @Override
    public Mono<Void> once(Histogram latencies) {
        return Latency.record(connection.request().then(), latencies);
    }

    @Override
    public void close() {
        connection.close().block(DEADLINE);
    }
}
