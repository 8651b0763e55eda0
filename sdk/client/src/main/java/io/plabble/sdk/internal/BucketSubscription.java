package io.plabble.sdk.internal;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.packet.SubscribeRequest;
import io.plabble.protocol.internal.packet.UnsubscribeRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private final Deque<Change> changes = new ArrayDeque<>();
    private @Nullable Held confirmed;
    /** Gathers for a bucket that was created with a subscription, until somebody follows; also when it is over. */
    private @Nullable Follower gathering;

    BucketSubscription(BucketId bucket, Exchange exchange, Subscriptions all) {
        this.bucket = bucket;
        this.exchange = exchange;
        this.all = all;
    }

    /** What a subscription covers, and the key that it was made with. */
    private record Coverage(SlotRange range, @Nullable BucketKey key) {
        boolean serves(Follower follower) {
            return range.covers(follower.range) && Objects.equals(key, follower.key);
        }
    }

    /** @param counter of the request that subscribed, which the updates carry */
    private record Held(Coverage coverage, int counter) {}

    BucketId bucket() {
        return bucket;
    }

    /** Nothing on the wire, nothing on its way, nobody here. */
    boolean isIdle() {
        return followers.isEmpty() && changes.isEmpty() && confirmed == null && gathering == null;
    }

    /** What the server will hold once it has carried out what is on its way; null for no subscription. */
    private @Nullable Coverage planned() {
        if (!changes.isEmpty()) {
            return changes.getLast().target;
        }
        return confirmed == null ? null : confirmed.coverage;
    }

    /** Whether its answer should have come by now, and may never: whoever joined would wait for ever. */
    private boolean isPlanOverdue() {
        return !changes.isEmpty() && changes.getLast().overdue;
    }

    // ── followers ───────────────────────────────────────────────────────────────────────────────────────────────────

    void join(Follower follower) {
        if (follower.isGone()) {
            return;
        }
        followers.add(follower);
        takeOverWhatWasGathered(follower);
        if (follower.isGone()) {
            return; // what it was given was enough
        }
        Coverage planned = planned();
        if (follower.isOver()) {
            leave(follower);
        } else if (planned == null && follower.fromPresent) {
            submit(Change.readingAndSubscribing(this, follower));
        } else {
            if (planned == null || !planned.serves(follower) || isPlanOverdue()) {
                SlotRange range = planned == null ? follower.range : planned.range.hull(follower.range);
                submit(Change.subscribing(this, range, follower));
            } else if (!changes.isEmpty()) {
                changes.getLast().awaitedBy(follower);
            }
            if (follower.fromPresent && !follower.isOver()) {
                follower.awaitAnswer();
                exchange.submit(new Reading(this, follower));
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
            changes.forEach(change -> change.waiters.remove(follower));
            unsubscribeIfLast();
        }
    }

    private void unsubscribeIfLast() {
        Coverage planned = planned();
        if (followers.isEmpty() && planned != null) {
            submit(Change.unsubscribing(this, planned, false));
        }
    }

    void created(BucketKey key, SlotRange range, int counter, boolean awaited) {
        confirm(new Held(new Coverage(range, key), counter));
        if (awaited) {
            Follower gatherer = all.follower(bucket, key, range, false);
            gatherer.activate();
            gathering = gatherer;
            followers.add(gatherer);
        } else {
            unsubscribeIfLast();
        }
    }

    // ── what comes from the server ──────────────────────────────────────────────────────────────────────────────────

    void update(List<Slot> slots) {
        for (Follower follower : List.copyOf(followers)) {
            follower.changed(slots);
            if (follower.isOver()) {
                leave(follower);
            }
        }
    }

    /** The wipes come after the answer to the deletion; the answer to one more request tells that they have all come. */
    void deleted() {
        Coverage planned = planned();
        if (planned != null) {
            submit(Change.unsubscribing(this, planned, true));
        } else {
            gathering = null;
        }
    }

    void ended(SessionEnd end) {
        List<Follower> left = List.copyOf(followers);
        followers.clear();
        left.forEach(follower -> follower.ended(end));
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

    /** Whether this is news: with a change, those before it are over as well, even if their answers never come. */
    private boolean carriedOut(Change change) {
        boolean news = changes.contains(change);
        while (news && changes.remove() != change) {}
        return news;
    }

    private void drop(Follower follower, PlabbleException error) {
        follower.fail(error);
        leave(follower);
    }

    private void submit(Change change) {
        changes.add(change);
        if (change.target == null) {
            exchange.submitAnyway(change);
        } else {
            exchange.submit(change);
        }
    }

    /** A request that changes what the server holds: SUBSCRIBE, REQUEST with flag #6, or UNSUBSCRIBE. */
    private static final class Change extends PendingRequest {
        final @Nullable Coverage target;
        final Set<Follower> waiters = new LinkedHashSet<>();
        private final BucketSubscription owner;
        private final @Nullable Follower reader;
        private final boolean completes;
        private boolean overdue;

        private Change(
                BucketSubscription owner,
                BucketRequest request,
                @Nullable BucketKey key,
                @Nullable Coverage target,
                @Nullable Follower reader,
                boolean completes) {
            super(request, key);
            this.owner = owner;
            this.target = target;
            this.reader = reader;
            this.completes = completes;
        }

        static Change subscribing(BucketSubscription owner, SlotRange range, Follower follower) {
            Coverage target = new Coverage(range, follower.key);
            SubscribeRequest request = new SubscribeRequest(owner.bucket, range);
            return new Change(owner, request, follower.key, target, null, false).awaitedBy(follower);
        }

        static Change readingAndSubscribing(BucketSubscription owner, Follower follower) {
            Coverage target = new Coverage(follower.range, follower.key);
            ReadRequest request = new ReadRequest(owner.bucket, follower.range, true);
            return new Change(owner, request, follower.key, target, follower, false).awaitedBy(follower);
        }

        /**
         * Needs no permission, and so goes without a key that has been erased meanwhile.
         *
         * @param completes whether the followers' updates end with it, because the bucket was deleted
         */
        static Change unsubscribing(BucketSubscription owner, Coverage given, boolean completes) {
            BucketKey key = given.key == null || given.key.isDestroyed() ? null : given.key;
            return new Change(owner, new UnsubscribeRequest(owner.bucket), key, null, null, completes);
        }

        Change awaitedBy(Follower follower) {
            follower.awaitAnswer();
            waiters.add(follower);
            return this;
        }

        @Override
        boolean isAwaited() {
            return target == null || !waiters.isEmpty();
        }

        @Override
        void succeeded(BucketResponse response) {
            if (owner.carriedOut(this)) {
                owner.confirm(target == null ? null : new Held(target, counter()));
            }
            if (reader != null && response instanceof SlotsResponse read) {
                reader.present(read.slots());
            }
            takeWaiters().forEach(Follower::answered);
            completeIfDeleted();
            owner.all.forgetIfIdle(owner);
        }

        @Override
        void refused(PlabbleServerException error) {
            owner.changes.remove(this);
            if (target == null && error.code() == ErrorCode.BUCKET_DOES_NOT_EXIST.code()) {
                owner.confirm(null);
            }
            takeWaiters().forEach(follower -> owner.drop(follower, error));
            completeIfDeleted();
            owner.all.forgetIfIdle(owner);
        }

        @Override
        void failed(PlabbleException error) {
            if (isWritten()) {
                overdue = true;
            } else {
                owner.changes.remove(this);
            }
            takeWaiters().forEach(follower -> owner.drop(follower, error));
            owner.all.forgetIfIdle(owner);
        }

        private void completeIfDeleted() {
            if (completes) {
                owner.gathering = null;
                owner.followers.stream().filter(Follower::isActive).toList().forEach(follower -> {
                    owner.followers.remove(follower);
                    follower.complete();
                });
            }
        }

        private List<Follower> takeWaiters() {
            List<Follower> taken = new ArrayList<>(waiters);
            waiters.clear();
            return taken;
        }
    }

    /** The REQUEST of a follower from the present, where there is a subscription already. */
    private static final class Reading extends PendingRequest {
        private final BucketSubscription owner;
        private final Follower follower;

        Reading(BucketSubscription owner, Follower follower) {
            super(new ReadRequest(owner.bucket, follower.range, false), follower.key);
            this.owner = owner;
            this.follower = follower;
        }

        @Override
        boolean isAwaited() {
            return owner.followers.contains(follower);
        }

        @Override
        void succeeded(BucketResponse response) {
            if (response instanceof SlotsResponse read) {
                follower.present(read.slots());
                follower.answered();
            }
        }

        @Override
        void refused(PlabbleServerException error) {
            failed(error);
        }

        @Override
        void failed(PlabbleException error) {
            if (isAwaited()) {
                owner.drop(follower, error);
            }
        }
    }
}
