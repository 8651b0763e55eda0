package io.plabble.sdk.internal;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.sdk.SlotUpdate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A bucket of one session, which ends with it. */
final class LiveBucket extends RequestingBucket {
    private final Exchange exchange;

    LiveBucket(BucketId id, @Nullable BucketKey key, Limits limits, Exchange exchange) {
        super(id, key, limits);
        this.exchange = exchange;
    }

    @Override
    protected Mono<BucketResponse> send(BucketRequest request) {
        return exchange.request(request, key);
    }

    @Override
    public Flux<SlotUpdate> updates(SlotRange range) {
        return exchange.subscriptions().follow(id(), key, required(range), false, Follower::updates);
    }

    @Override
    public Flux<SlotUpdate> readAndFollow(SlotRange range) {
        return exchange.subscriptions().follow(id(), key, required(range), true, Follower::updates);
    }
}
