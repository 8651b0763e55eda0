package io.plabble.sdk.benchmarks.load.request;

import io.plabble.sdk.LastingBucket;
import java.util.List;
import reactor.core.publisher.Mono;

/** Writes a slot. */
public final class PlabbleWrites extends PlabbleRequests {
    public PlabbleWrites(List<String> arguments) {
        super(arguments);
    }

    @Override
    Mono<Void> request(LastingBucket bucket, byte[] content) {
        return bucket.put(0, content);
    }
}
