package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.SlotRange;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * CREATE (§8).
 *
 * @param ram flag #7: do not persist
 * @param subscription flag #6 and the range to subscribe to
 */
public record CreateRequest(BucketId bucketId, boolean ram, Optional<SlotRange> subscription) implements BucketRequest {
    static final int SUBSCRIBE = TypeFlags.FLAG_6;
    static final int RAM = TypeFlags.FLAG_7;
    static final int FLAGS = SUBSCRIBE | RAM;

    private static final byte[] EMPTY = {};

    @Override
    public PacketType type() {
        return PacketType.CREATE;
    }

    @Override
    public int flags() {
        return (ram ? RAM : 0) | (subscription.isPresent() ? SUBSCRIBE : 0);
    }

    @Override
    public int bodyLength() {
        return subscription.map(Ranges::length).orElse(0);
    }

    @Override
    public byte[] body() {
        return subscription.map(Ranges::encode).orElse(EMPTY);
    }

    static CreateRequest decode(BucketId bucket, int flags, ByteBuffer body) {
        boolean subscribes = (flags & SUBSCRIBE) != 0;
        if (!subscribes && body.hasRemaining()) {
            throw PlabbleProtocolException.malformed("a CREATE with a range to subscribe to, but without flag #6");
        }
        return new CreateRequest(
                bucket, (flags & RAM) != 0, subscribes ? Optional.of(Ranges.decode(body)) : Optional.empty());
    }
}
