package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.Slot;
import java.util.List;

/** The answer to REQUEST, or an update (§8): {@code (Index u16, Length dyn, Content)*}. */
public record SlotsResponse(int requestCounter, List<Slot> slots) implements BucketResponse {
    public SlotsResponse {
        slots = List.copyOf(slots);
    }

    @Override
    public PacketType type() {
        return PacketType.REQUEST;
    }

    @Override
    public byte[] body() {
        return Slots.encode(slots);
    }
}
