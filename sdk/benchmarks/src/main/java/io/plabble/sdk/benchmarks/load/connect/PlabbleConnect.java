package io.plabble.sdk.benchmarks.load.connect;

import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSession;
import io.plabble.sdk.benchmarks.load.Latency;
import io.plabble.sdk.benchmarks.load.Load;
import io.plabble.sdk.benchmarks.load.PlabbleAddress;
import java.util.List;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/** Connects, verifies the server by its chain, and closes. */
public final class PlabbleConnect implements Load {
    private final PlabbleClient client;

    /** @param arguments the server's address */
    public PlabbleConnect(List<String> arguments) {
        this.client = PlabbleAddress.decode(arguments).client();
    }

    @Override
    public Mono<Void> once(Histogram latencies) {
        return Latency.record(client.connect(), latencies).flatMap(PlabbleSession::close);
    }
}
