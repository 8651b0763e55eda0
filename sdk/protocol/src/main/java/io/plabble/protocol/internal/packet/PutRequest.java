package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.Slot;
import java.util.List;

/** PUT (§8): {@code (Index u16, Length dyn, Content)*}. */
public record PutRequest(BucketId bucketId, List<Slot> slots) implements BucketRequest {
    public PutRequest {
        slots = List.copyOf(slots);
    }

    @Override
    public PacketType type() {
        return PacketType.PUT;
    }

    @Override
    public int bodyLength() {
        return Slots.length(slots);
    }

    @Override
    public byte[] body() {
        return Slots.encode(slots);
    }
}
