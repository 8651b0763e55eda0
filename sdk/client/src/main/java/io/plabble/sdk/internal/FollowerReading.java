package io.plabble.sdk.internal;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;

/** The REQUEST of a follower from the present, where there is a subscription already. Event loop only. */
final class FollowerReading extends PendingRequest {
    private final BucketSubscription owner;
    private final Follower follower;

    FollowerReading(BucketSubscription owner, Follower follower) {
        super(
                new ReadRequest(owner.bucket(), follower.range, false),
                follower.key,
                owner.watch(PacketType.REQUEST, follower.context));
        this.owner = owner;
        this.follower = follower;
        follower.awaitAnswer();
    }

    @Override
    boolean isAwaited() {
        return owner.isFollowedBy(follower);
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
        owner.refused(error);
        owner.settled(Sequel.NONE);
    }

    @Override
    void failed(PlabbleException error) {
        if (isAwaited()) {
            owner.drop(follower, error);
        }
    }
}
