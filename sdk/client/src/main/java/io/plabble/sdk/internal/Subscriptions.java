package io.plabble.sdk.internal;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/** The subscriptions of a session (§8): one on the wire per bucket, any number of followers here. Event loop only. */
final class Subscriptions {
    private final Exchange exchange;
    private final Limits limits;
    private final String where;
    private final Map<BucketId, BucketSubscription> buckets = new HashMap<>();
    private final Map<Integer, BucketSubscription> byCounter = new HashMap<>();

    Subscriptions(Exchange exchange, Limits limits, String where) {
        this.exchange = exchange;
        this.limits = limits;
        this.where = where;
    }

    /**
     * Follows from the subscription on, from any thread.
     *
     * @param view what the subscriber sees of it
     */
    <T> Flux<T> follow(
            BucketId bucket,
            @Nullable BucketKey key,
            SlotRange range,
            boolean fromPresent,
            Function<Follower, Flux<T>> view) {
        return Flux.deferContextual(subscriber -> {
            Follower follower = follower(bucket, key, range, fromPresent, subscriber);
            SessionEnd over = exchange.end();
            if (over != null) {
                follower.ended(over);
                return view.apply(follower);
            }
            exchange.onLoop(() -> join(follower));
            return view.apply(follower).doFinally(signal -> {
                follower.leave();
                exchange.onLoop(() -> change(bucket, subscription -> subscription.leave(follower)));
            });
        });
    }

    private void join(Follower follower) {
        if (!follower.isGone()) { // one that has left before it could join never does
            of(follower.bucket).join(follower);
        }
    }

    Follower follower(
            BucketId bucket, @Nullable BucketKey key, SlotRange range, boolean fromPresent, ContextView subscriber) {
        return new Follower(bucket, key, range, fromPresent, subscriber, limits, where);
    }

    /** A bucket was created and subscribed to by the request with this counter, which somebody may still wait for. */
    void created(BucketCandidate created, SlotRange range, int counter, boolean awaited) {
        of(created.id()).created(created.key(), range, counter, awaited);
    }

    /** This session has deleted the bucket. */
    void deleted(BucketId bucket) {
        change(bucket, BucketSubscription::deleted);
    }

    /** Whether the Counter is one of a subscription. */
    boolean update(int counter, List<Slot> slots) {
        BucketSubscription subscription = byCounter.get(counter);
        if (subscription == null) {
            return false;
        }
        subscription.update(slots);
        forgetIfIdle(subscription);
        return true;
    }

    int count() {
        return buckets.size();
    }

    /** This end gives all of them up. */
    void retire() {
        List.copyOf(buckets.values()).forEach(BucketSubscription::retire);
    }

    void ended(SessionEnd end) {
        List<BucketSubscription> all = new ArrayList<>(buckets.values());
        buckets.clear();
        byCounter.clear();
        all.forEach(subscription -> subscription.ended(end));
    }

    void route(int counter, BucketSubscription subscription) {
        byCounter.put(counter, subscription);
    }

    void unroute(int counter) {
        byCounter.remove(counter);
    }

    /** To be asked after every change; what is idle holds nothing on the wire and nobody here. */
    void forgetIfIdle(BucketSubscription subscription) {
        if (subscription.isIdle()) {
            buckets.remove(subscription.bucket(), subscription);
        }
    }

    private BucketSubscription of(BucketId bucket) {
        return buckets.computeIfAbsent(bucket, id -> new BucketSubscription(id, exchange, this));
    }

    private void change(BucketId bucket, Consumer<BucketSubscription> change) {
        BucketSubscription subscription = buckets.get(bucket);
        if (subscription != null) {
            change.accept(subscription);
            forgetIfIdle(subscription);
        }
    }
}
