package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.SlotRange;

/** WIPE without flag #6 (§8): empties slots. */
public record WipeRequest(BucketId bucketId, SlotRange range) implements BucketRequest {
    @Override
    public PacketType type() {
        return PacketType.WIPE;
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
