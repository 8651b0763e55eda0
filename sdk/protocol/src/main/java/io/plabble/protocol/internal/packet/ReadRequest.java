package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.SlotRange;

/**
 * REQUEST (§8): asks for the slots that hold data.
 *
 * @param subscribes flag #6: also subscribe to the range
 */
public record ReadRequest(BucketId bucketId, SlotRange range, boolean subscribes) implements RangeRequest {
    static final int SUBSCRIBE = TypeFlags.FLAG_6;

    @Override
    public PacketType type() {
        return PacketType.REQUEST;
    }

    @Override
    public int flags() {
        return subscribes ? SUBSCRIBE : 0;
    }
}
