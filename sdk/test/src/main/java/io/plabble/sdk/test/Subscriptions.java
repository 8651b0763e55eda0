package io.plabble.sdk.test;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.SlotsResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one connection, at most one per bucket (§8). Changed on the event loop; any thread may look. */
final class Subscriptions {
    private final Map<BucketId, Subscription> byBucket = new ConcurrentHashMap<>();
    private final boolean severalSlots;

    /** @param severalSlots whether one update carries all that one request has changed */
    Subscriptions(boolean severalSlots) {
        this.severalSlots = severalSlots;
    }

    /** Replaces range and Counter of an earlier one. */
    void start(BucketId bucket, SlotRange range, int requestCounter) {
        byBucket.put(bucket, new Subscription(range, requestCounter));
    }

    void end(BucketId bucket) {
        byBucket.remove(bucket);
    }

    void endAll() {
        byBucket.clear();
    }

    /** What the subscriber is to get for these changes. */
    List<SlotsResponse> updates(BucketId bucket, List<Slot> changes) {
        @Nullable Subscription subscription = byBucket.get(bucket);
        if (subscription == null) {
            return List.of();
        }
        List<Slot> seen = changes.stream()
                .filter(slot -> subscription.range().contains(slot.index()))
                .toList();
        Stream<List<Slot>> packets = severalSlots
                ? Stream.of(seen).filter(slots -> !slots.isEmpty())
                : seen.stream().map(List::of);
        return packets.map(slots -> new SlotsResponse(subscription.requestCounter(), slots))
                .toList();
    }

    Stream<ServerSubscription> stream() {
        return byBucket.entrySet().stream()
                .map(entry ->
                        new ServerSubscription(entry.getKey(), entry.getValue().range()));
    }

    private record Subscription(SlotRange range, int requestCounter) {}
}
