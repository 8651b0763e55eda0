package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.SlotRange;

/** SUBSCRIBE (§8): replaces the connection's subscription to the bucket, if it has one. */
public record SubscribeRequest(BucketId bucketId, SlotRange range) implements BucketRequest {
    @Override
    public PacketType type() {
        return PacketType.SUBSCRIBE;
    }

    @Override
    public int bodyLength() {
        return Ranges.length(range);
    }

    @Override
    public byte[] body() {
        return Ranges.encode(range);
    }
}
