package io.plabble.sdk.benchmarks.load.request;

import static io.plabble.protocol.Permission.PRIVATE_WRITE;

import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.Encryption;
import io.plabble.sdk.LastingBucket;
import io.plabble.sdk.PlabbleSessions;
import io.plabble.sdk.benchmarks.load.Latency;
import io.plabble.sdk.benchmarks.load.Load;
import io.plabble.sdk.benchmarks.load.PlabbleAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/** Requests to one slot over sessions that are renewed as their counters run out, as an application would make them. */
abstract class PlabbleRequests implements Load {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final PlabbleSessions sessions;
    private final LastingBucket bucket;
    private final byte[] content;

    /** @param arguments the server's address, the encryption, and how many bytes the slot has */
    PlabbleRequests(List<String> arguments) {
        this.content = new byte[Integer.parseInt(arguments.get(3))];
        this.sessions = PlabbleAddress.decode(arguments)
                .client()
                .encryption(Encryption.valueOf(arguments.get(2)))
                .sessions();
        this.bucket = Objects.requireNonNull(
                sessions.createBucket(BucketSpec.of(PRIVATE_WRITE)).block(DEADLINE));
        bucket.put(0, content).block(DEADLINE);
    }

    abstract Mono<Void> request(LastingBucket bucket, byte[] content);

    @Override
    public final Mono<Void> once(Histogram latencies) {
        return Latency.record(request(bucket, content), latencies);
    }

    @Override
    public final void close() {
        sessions.close().block(DEADLINE);
    }
}
