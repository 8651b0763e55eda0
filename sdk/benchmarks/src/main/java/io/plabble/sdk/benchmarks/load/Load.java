package io.plabble.sdk.benchmarks.load;

import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/** What a client process does over and over. */
public interface Load extends AutoCloseable {
    /**
     * Does it once, on subscription.
     *
     * @param latencies where to record, in nanoseconds, how long somebody had to wait for it; takes records from any thread
     */
    Mono<Void> once(Histogram latencies);

    @Override
    default void close() {}
}
