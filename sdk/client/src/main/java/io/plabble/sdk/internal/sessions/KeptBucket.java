package io.plabble.sdk.internal.sessions;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.AppendRequest;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.sdk.BucketEvent;
import io.plabble.sdk.LastingBucket;
import io.plabble.sdk.SlotUpdate;
import io.plabble.sdk.internal.Limits;
import io.plabble.sdk.internal.RequestingBucket;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A bucket of whichever session is live. */
final class KeptBucket extends RequestingBucket implements LastingBucket {
    private final Limits limits;
    private final SessionKeeper keeper;
    private final Repeater repeater;
    private final boolean repeatsWrites;
    /** The slots of a new bucket of which everything is news to the one who follows first. */
    private final AtomicReference<@Nullable SlotRange> unheard;

    KeptBucket(
            BucketId id,
            @Nullable BucketKey key,
            Limits limits,
            SessionKeeper keeper,
            Repeater repeater,
            @Nullable SlotRange unheard) {
        this(id, key, limits, keeper, repeater, false, new AtomicReference<>(unheard));
    }

    private KeptBucket(
            BucketId id,
            @Nullable BucketKey key,
            Limits limits,
            SessionKeeper keeper,
            Repeater repeater,
            boolean repeatsWrites,
            AtomicReference<@Nullable SlotRange> unheard) {
        super(id, key, limits);
        this.limits = limits;
        this.keeper = keeper;
        this.repeater = repeater;
        this.repeatsWrites = repeatsWrites;
        this.unheard = unheard;
    }

    @Override
    public LastingBucket repeatingWrites() {
        return new KeptBucket(id(), key, limits, keeper, repeater, true, unheard);
    }

    @Override
    protected Mono<BucketResponse> send(BucketRequest request) {
        return repeater.request(
                request.type(),
                mayBeCarriedOutTwice(request),
                Math.toIntExact(request.bodyLength()),
                session -> session.request(request, key));
    }

    private boolean mayBeCarriedOutTwice(BucketRequest request) {
        return request instanceof ReadRequest || (repeatsWrites && !(request instanceof AppendRequest));
    }

    @Override
    public Flux<SlotUpdate> updates(SlotRange range) {
        return updatesAndGaps(range).ofType(SlotUpdate.class);
    }

    @Override
    public Flux<SlotUpdate> readAndFollow(SlotRange range) {
        return readAndFollowWithGaps(range).ofType(SlotUpdate.class);
    }

    @Override
    public Flux<BucketEvent> updatesAndGaps(SlotRange range) {
        return follow(range, false);
    }

    @Override
    public Flux<BucketEvent> readAndFollowWithGaps(SlotRange range) {
        return follow(range, true);
    }

    private Flux<BucketEvent> follow(SlotRange range, boolean fromPresent) {
        SlotRange followed = required(range);
        return Flux.defer(() -> new Following(keeper, id(), key, followed, fromPresent, unheard).events());
    }
}
