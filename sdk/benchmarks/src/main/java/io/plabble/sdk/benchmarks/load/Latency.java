package io.plabble.sdk.benchmarks.load;

import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/** How long somebody waits. */
public final class Latency {
    private Latency() {}

    /** From subscription to success. */
    public static <T> Mono<T> record(Mono<T> awaited, Histogram latencies) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return awaited.doOnSuccess(done -> latencies.recordValue(System.nanoTime() - began));
        });
    }
}
