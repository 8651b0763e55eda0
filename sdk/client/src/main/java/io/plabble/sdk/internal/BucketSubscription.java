package io.plabble.sdk.internal;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.SlotUpdate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The one subscription that the connection has to a bucket, and the followers that share it (§8). The server carries requests out
 * in their order, so that what it will hold is known as soon as a request is written: that is the {@linkplain #planned() plan}.
 * A follower that the plan covers costs nothing more; another widens it. Whoever follows from the present reads as well: with flag
 * #6 if there is no subscription yet, else by a REQUEST of its own, so that nobody else's range is read. Event loop only.
 */
final class BucketSubscription {
    private final BucketId bucket;
    private final Exchange exchange;
    private final Subscriptions all;
    private final Set<Follower> followers = new LinkedHashSet<>();
    private final Deque<SubscriptionChange> changes = new ArrayDeque<>(1);
    private @Nullable Held confirmed;
    /** Gathers for a bucket that was created with a subscription, until somebody follows; also when it is over. */
    private @Nullable Follower gathering;

    BucketSubscription(BucketId bucket, Exchange exchange, Subscriptions all) {
        this.bucket = bucket;
        this.exchange = exchange;
        this.all = all;
    }

    /** @param counter of the request that subscribed, which the updates carry */
    private record Held(Coverage coverage, int counter) {}

    BucketId bucket() {
        return bucket;
    }

    Watch watch(PacketType type, ContextView cause) {
        return exchange.watch(type, cause);
    }

    /** Nothing on the wire, nothing on its way, nobody here. */
    boolean isIdle() {
        return followers.isEmpty() && changes.isEmpty() && confirmed == null && gathering == null;
    }

    /** What the server will hold once it has carried out what is on its way; null for no subscription. */
    private @Nullable Coverage planned() {
        if (!changes.isEmpty()) {
            return changes.getLast().target();
        }
        return confirmed == null ? null : confirmed.coverage;
    }

    /** Whether its answer should have come by now, and may never: whoever joined would wait for ever. */
    private boolean isPlanOverdue() {
        return !changes.isEmpty() && changes.getLast().isOverdue();
    }

    // ── followers ───────────────────────────────────────────────────────────────────────────────────────────────────

    void join(Follower follower) {
        followers.add(follower);
        takeOverWhatWasGathered(follower);
        if (follower.isGone()) {
            return; // what it was given was enough
        }
        Coverage planned = planned();
        if (follower.isOver()) {
            leave(follower);
        } else if (planned == null && follower.fromPresent) {
            submit(SubscriptionChange.readingAndSubscribing(this, follower));
        } else {
            if (planned == null || !planned.serves(follower) || isPlanOverdue()) {
                Coverage target = planned == null ? Coverage.of(follower) : planned.widenedFor(follower);
                submit(SubscriptionChange.subscribing(this, target, follower));
            } else if (!changes.isEmpty()) {
                changes.getLast().awaitedBy(follower);
            }
            if (follower.fromPresent && !follower.isOver()) {
                exchange.submit(new FollowerReading(this, follower));
            }
            follower.activateIfAnswered();
        }
    }

    private void takeOverWhatWasGathered(Follower follower) {
        Follower gathered = gathering;
        if (gathered != null && Objects.equals(gathered.key, follower.key)) {
            gathering = null;
            followers.remove(gathered);
            if (!follower.fromPresent) {
                follower.takeOver(gathered);
            }
        }
    }

    void leave(Follower follower) {
        if (followers.remove(follower)) {
            changes.forEach(change -> change.leave(follower));
            unsubscribeIfLast();
        }
    }

    private void unsubscribeIfLast() {
        Coverage planned = planned();
        if (followers.isEmpty() && planned != null) {
            unsubscribe(planned, Sequel.NONE);
        }
    }

    void created(BucketKey key, SlotRange range, int counter, boolean awaited) {
        confirm(new Held(new Coverage(range, key), counter));
        if (awaited) {
            Follower gatherer = all.follower(bucket, key, range, false, Context.empty());
            gatherer.activate();
            gathering = gatherer;
            followers.add(gatherer);
        } else {
            unsubscribeIfLast();
        }
    }

    // ── what comes from the server ──────────────────────────────────────────────────────────────────────────────────

    void update(List<Slot> slots) {
        List<Follower> told = List.copyOf(followers);
        for (Slot slot : slots) {
            SlotUpdate update = new SlotUpdate(slot, SlotUpdate.Kind.CHANGED);
            for (Follower follower : told) {
                follower.changed(update);
                if (follower.isOver()) {
                    leave(follower);
                }
            }
        }
    }

    /** The wipes come after the answer to the deletion; the answer to one more request tells that they have all come. */
    void deleted() {
        Coverage planned = planned();
        if (planned != null) {
            unsubscribe(planned, Sequel.COMPLETE);
        } else {
            gathering = null;
        }
    }

    /** The followers hear all that was changed until this is carried out. */
    void retire() {
        Coverage planned = planned();
        if (planned != null) {
            unsubscribe(planned, Sequel.RETIRE);
        }
    }

    void ended(SessionEnd end) {
        List<Follower> left = List.copyOf(followers);
        followers.clear();
        left.forEach(follower -> follower.ended(end));
    }

    // ── what becomes of requests ────────────────────────────────────────────────────────────────────────────────────

    /** With a change, those before it are over as well, even if their answers never come, and are no news if they do. */
    void carriedOut(SubscriptionChange change) {
        if (changes.contains(change)) {
            while (changes.remove() != change) {}
            Coverage target = change.target();
            confirm(target == null ? null : new Held(target, change.counter()));
        }
    }

    void notCarriedOut(SubscriptionChange change) {
        changes.remove(change);
    }

    /**
     * A bucket that does not exist has no subscription. If another session deleted it, its followers hear of it now; if this one did,
     * they complete when the request that settles it is over.
     */
    void refused(PlabbleServerException error) {
        if (error.code() == ErrorCode.BUCKET_DOES_NOT_EXIST.code()) {
            confirm(null);
            gathering = null;
            if (changes.stream().noneMatch(change -> change.sequel() == Sequel.COMPLETE)) {
                followers.stream().filter(Follower::isActive).toList().forEach(follower -> drop(follower, error));
            }
        }
    }

    /** A request is over, and all updates that came before its answer have come. */
    void settled(Sequel sequel) {
        if (sequel != Sequel.NONE) {
            gathering = null;
            followers.stream().filter(Follower::isActive).toList().forEach(follower -> {
                followers.remove(follower);
                if (sequel == Sequel.COMPLETE) {
                    follower.complete();
                } else {
                    follower.ended(new SessionEnd.ByUs());
                }
            });
        }
        all.forgetIfIdle(this);
    }

    boolean isFollowedBy(Follower follower) {
        return followers.contains(follower);
    }

    void drop(Follower follower, PlabbleException error) {
        follower.fail(error);
        leave(follower);
    }

    private void confirm(@Nullable Held held) {
        if (confirmed != null) {
            all.unroute(confirmed.counter);
        }
        confirmed = held;
        if (held != null) {
            all.route(held.counter, this);
        }
    }

    /** With the session, its subscriptions end as well: a request that could only fail would look like a fault. */
    private void unsubscribe(Coverage planned, Sequel sequel) {
        if (exchange.over() == null) {
            submit(SubscriptionChange.unsubscribing(this, planned, sequel));
        }
    }

    private void submit(SubscriptionChange change) {
        changes.add(change);
        if (change.target() == null) {
            exchange.submitAnyway(change);
        } else {
            exchange.submit(change);
        }
    }
}
