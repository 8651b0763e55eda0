package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.SlotRange;

/** SUBSCRIBE (§8): replaces the connection's subscription to the bucket, if it has one. */
public record SubscribeRequest(BucketId bucketId, SlotRange range) implements RangeRequest {
    @Override
    public PacketType type() {
        return PacketType.SUBSCRIBE;
    }
}
