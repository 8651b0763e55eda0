package io.plabble.sdk.test;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The server's buckets, in memory (§8). A bucket whose lifetime is over is gone for everybody who asks, and is removed when the
 * event loop next does.
 */
final class Buckets {
    private final Map<BucketId, StoredBucket> stored = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Consumer<BucketId> onExpiry;

    /** @param onExpiry told of a bucket when it is found to be over */
    Buckets(Clock clock, Consumer<BucketId> onExpiry) {
        this.clock = clock;
        this.onExpiry = onExpiry;
    }

    /** Begins with what outlives an earlier server, which nobody may change meanwhile. */
    void restore(Buckets earlier) {
        earlier.stored.forEach((id, bucket) -> {
            if (!bucket.isRam()) {
                stored.put(id, bucket.copy());
            }
        });
    }

    /** For any thread. */
    Optional<StoredBucket> find(BucketId id) {
        return Optional.ofNullable(stored.get(id)).filter(bucket -> !bucket.isOver(clock.instant()));
    }

    /** @throws ServerRefusal with code 21 */
    StoredBucket require(BucketId id) {
        return lookUp(id).orElseThrow(() -> new ServerRefusal(ErrorCode.BUCKET_DOES_NOT_EXIST));
    }

    /** @throws ServerRefusal with code 41 */
    void create(BucketId id, boolean ram, Supplier<BucketKey> key) {
        if (lookUp(id).isPresent()) {
            throw new ServerRefusal(ErrorCode.BUCKET_ALREADY_EXISTS);
        }
        stored.put(id, new StoredBucket(id, key.get(), ram, clock.instant()));
    }

    void delete(BucketId id) {
        StoredBucket deleted = stored.remove(id);
        if (deleted != null) {
            deleted.key().destroy();
        }
    }

    private Optional<StoredBucket> lookUp(BucketId id) {
        Optional<StoredBucket> bucket = find(id);
        if (bucket.isEmpty() && stored.containsKey(id)) {
            delete(id);
            onExpiry.accept(id);
        }
        return bucket;
    }
}
