package io.plabble.sdk.internal;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.packet.SubscribeRequest;
import io.plabble.protocol.internal.packet.UnsubscribeRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A request that changes the subscription that the server holds to a bucket: SUBSCRIBE, REQUEST with flag #6, or UNSUBSCRIBE; and
 * the followers that wait for it. Event loop only.
 */
final class SubscriptionChange extends PendingRequest {
    private final BucketSubscription owner;
    private final @Nullable Coverage target;
    private final @Nullable Follower reader;
    private final Sequel sequel;
    private final Set<Follower> waiters = new LinkedHashSet<>();

    /** @param cause whose subscription brought it about */
    private SubscriptionChange(
            BucketSubscription owner,
            BucketRequest request,
            @Nullable BucketKey key,
            @Nullable Coverage target,
            @Nullable Follower reader,
            Sequel sequel,
            ContextView cause) {
        super(request, key, owner.watch(request.type(), cause));
        this.owner = owner;
        this.target = target;
        this.reader = reader;
        this.sequel = sequel;
    }

    static SubscriptionChange subscribing(BucketSubscription owner, Coverage target, Follower follower) {
        SubscribeRequest request = new SubscribeRequest(owner.bucket(), target.range());
        return new SubscriptionChange(owner, request, target.key(), target, null, Sequel.NONE, follower.context)
                .awaitedBy(follower);
    }

    static SubscriptionChange readingAndSubscribing(BucketSubscription owner, Follower follower) {
        ReadRequest request = new ReadRequest(owner.bucket(), follower.range, true);
        return new SubscriptionChange(
                        owner, request, follower.key, Coverage.of(follower), follower, Sequel.NONE, follower.context)
                .awaitedBy(follower);
    }

    /**
     * Needs no permission, and so goes without a key that has been erased meanwhile.
     *
     * @param sequel what becomes of the followers then
     */
    static SubscriptionChange unsubscribing(BucketSubscription owner, Coverage given, Sequel sequel) {
        BucketKey key = given.key() == null || given.key().isDestroyed() ? null : given.key();
        return new SubscriptionChange(
                owner, new UnsubscribeRequest(owner.bucket()), key, null, null, sequel, Context.empty());
    }

    SubscriptionChange awaitedBy(Follower follower) {
        follower.awaitAnswer();
        waiters.add(follower);
        return this;
    }

    void leave(Follower follower) {
        waiters.remove(follower);
    }

    /** What the server holds once it is carried out; null for no subscription. */
    @Nullable
    Coverage target() {
        return target;
    }

    Sequel sequel() {
        return sequel;
    }

    @Override
    boolean isAwaited() {
        return target == null || !waiters.isEmpty();
    }

    @Override
    void succeeded(BucketResponse response) {
        owner.carriedOut(this);
        if (reader != null && response instanceof SlotsResponse read) {
            reader.present(read.slots());
        }
        takeWaiters().forEach(Follower::answered);
        owner.settled(sequel);
    }

    @Override
    void refused(PlabbleServerException error) {
        owner.refused(error);
        owner.notCarriedOut(this);
        takeWaiters().forEach(follower -> owner.drop(follower, error));
        owner.settled(sequel);
    }

    @Override
    void failed(PlabbleException error) {
        if (!isWritten()) {
            owner.notCarriedOut(this);
        }
        takeWaiters().forEach(follower -> owner.drop(follower, error));
        owner.settled(Sequel.NONE);
    }

    private List<Follower> takeWaiters() {
        List<Follower> taken = new ArrayList<>(waiters);
        waiters.clear();
        return taken;
    }
}
