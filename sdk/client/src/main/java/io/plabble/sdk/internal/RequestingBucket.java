package io.plabble.sdk.internal;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.AppendRequest;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.DeleteRequest;
import io.plabble.protocol.internal.packet.PutRequest;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.packet.WipeRequest;
import io.plabble.sdk.Bucket;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A bucket by its id and perhaps its key: checks arguments, and turns calls into requests, whoever sends them. */
public abstract class RequestingBucket implements Bucket {
    private static final int MOST_SLOTS = Slot.LAST_INDEX + 1;

    /** That requests to the bucket are authenticated with. */
    protected final @Nullable BucketKey key;

    private final BucketId id;
    private final Limits limits;

    protected RequestingBucket(BucketId id, @Nullable BucketKey key, Limits limits) {
        this.id = Arguments.required("bucket id", id);
        this.key = key;
        this.limits = limits;
    }

    /** Sends a request to this bucket on subscription, with its key. */
    protected abstract Mono<BucketResponse> send(BucketRequest request);

    @Override
    public final BucketId id() {
        return id;
    }

    @Override
    public final Optional<BucketKey> key() {
        return Optional.ofNullable(key);
    }

    @Override
    public final Mono<Void> put(Collection<Slot> slots) {
        requireSome("put", "slot", slots);
        return done(new PutRequest(id, List.copyOf(slots)));
    }

    @Override
    public final Mono<Void> append(Collection<byte[]> contents) {
        requireSome("append", "content", contents);
        return done(new AppendRequest(
                id,
                contents.stream()
                        .map(content -> ByteBuffer.wrap(content.clone()).asReadOnlyBuffer())
                        .toList()));
    }

    @Override
    public final Flux<Slot> read(SlotRange range) {
        return send(new ReadRequest(id, required(range), false))
                .flatMapIterable(response -> response instanceof SlotsResponse read ? read.slots() : List.of());
    }

    @Override
    public final Mono<Void> wipe(SlotRange range) {
        return done(new WipeRequest(id, required(range)));
    }

    @Override
    public final Mono<Void> delete() {
        return done(new DeleteRequest(id));
    }

    private Mono<Void> done(BucketRequest request) {
        limits.requireFits(request);
        return send(request).then();
    }

    private static <T> void requireSome(String what, String item, @Nullable Collection<T> items) {
        if (items == null || items.isEmpty() || hasNull(items)) {
            throw new PlabbleConfigurationException(what + ": needs at least one " + item + ", and no null");
        }
        if (items.size() > MOST_SLOTS) {
            throw new PlabbleConfigurationException(
                    what + ": " + items.size() + " times " + item + ", a bucket has " + MOST_SLOTS + " slots");
        }
    }

    /** Not {@code contains(null)}, which the JDK's immutable collections refuse to answer. */
    private static boolean hasNull(Collection<?> items) {
        for (Object item : items) {
            if (item == null) {
                return true;
            }
        }
        return false;
    }

    protected static SlotRange required(@Nullable SlotRange range) {
        return Arguments.required("slot range", range);
    }

    /** Tells whether there is a key, not the key. */
    @Override
    public String toString() {
        return "Bucket[" + id + (key == null ? "" : ", with its key") + "]";
    }
}
