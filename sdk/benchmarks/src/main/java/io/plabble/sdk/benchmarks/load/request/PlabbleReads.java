package io.plabble.sdk.benchmarks.load.request;

import io.plabble.sdk.LastingBucket;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads a slot, as Lettuce gets a key. */
public final class PlabbleReads extends PlabbleRequests {
    public PlabbleReads(List<String> arguments) {
        super(arguments);
    }

    @Override
    Mono<Void> request(LastingBucket bucket, byte[] content) {
        return bucket.read(0).then();
    }
}
