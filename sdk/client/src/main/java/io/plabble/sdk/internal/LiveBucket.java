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
import io.plabble.sdk.SlotUpdate;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A bucket by its id and perhaps its key: checks arguments, and turns calls into requests. */
final class LiveBucket implements Bucket {
    private static final int MOST_SLOTS = Slot.LAST_INDEX + 1;

    private final BucketId id;
    private final @Nullable BucketKey key;
    private final Exchange exchange;

    LiveBucket(BucketId id, @Nullable BucketKey key, Exchange exchange) {
        this.id = id;
        this.key = key;
        this.exchange = exchange;
    }

    @Override
    public BucketId id() {
        return id;
    }

    @Override
    public Optional<BucketKey> key() {
        return Optional.ofNullable(key);
    }

    @Override
    public Mono<Void> put(Collection<Slot> slots) {
        requireSome("put", "slot", slots);
        return done(new PutRequest(id, List.copyOf(slots)));
    }

    @Override
    public Mono<Void> append(Collection<byte[]> contents) {
        requireSome("append", "content", contents);
        return done(new AppendRequest(
                id,
                contents.stream()
                        .map(content -> ByteBuffer.wrap(content.clone()).asReadOnlyBuffer())
                        .toList()));
    }

    @Override
    public Flux<Slot> read(SlotRange range) {
        return request(new ReadRequest(id, required(range), false))
                .flatMapIterable(response -> response instanceof SlotsResponse read ? read.slots() : List.of());
    }

    @Override
    public Mono<Void> wipe(SlotRange range) {
        return done(new WipeRequest(id, required(range)));
    }

    @Override
    public Mono<Void> delete() {
        return exchange.request(new DeleteRequest(id), key, (pending, response) -> {
                    exchange.subscriptions().deleted(id);
                    return response;
                })
                .then();
    }

    @Override
    public Flux<SlotUpdate> updates(SlotRange range) {
        return exchange.subscriptions().follow(id, key, required(range), false);
    }

    @Override
    public Flux<SlotUpdate> readAndFollow(SlotRange range) {
        return exchange.subscriptions().follow(id, key, required(range), true);
    }

    private Mono<Void> done(BucketRequest request) {
        return request(request).then();
    }

    private Mono<BucketResponse> request(BucketRequest request) {
        exchange.requireFits(request);
        return exchange.request(request, key, (pending, response) -> response);
    }

    private static <T> void requireSome(String what, String item, @Nullable Collection<T> items) {
        if (items == null || items.isEmpty() || items.stream().anyMatch(one -> one == null)) {
            throw new PlabbleConfigurationException(what + ": needs at least one " + item + ", and no null");
        }
        if (items.size() > MOST_SLOTS) {
            throw new PlabbleConfigurationException(
                    what + ": " + items.size() + " times " + item + ", a bucket has " + MOST_SLOTS + " slots");
        }
    }

    private static SlotRange required(@Nullable SlotRange range) {
        return Arguments.required("slot range", range);
    }

    /** Tells whether there is a key, not the key. */
    @Override
    public String toString() {
        return "Bucket[" + id + (key == null ? "" : ", with its key") + "]";
    }
}
