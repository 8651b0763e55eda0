package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.SlotRange;

/** WIPE without flag #6 (§8): empties slots. */
public record WipeRequest(BucketId bucketId, SlotRange range) implements RangeRequest {
    @Override
    public PacketType type() {
        return PacketType.WIPE;
    }
}
