package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * APPEND (§8): {@code (Length dyn, Content)*}.
 *
 * @param contents not copied: nobody may write to them any more
 */
public record AppendRequest(BucketId bucketId, List<ByteBuffer> contents) implements BucketRequest {
    public AppendRequest {
        contents = List.copyOf(contents);
    }

    @Override
    public PacketType type() {
        return PacketType.APPEND;
    }

    @Override
    public int bodyLength() {
        return Contents.length(contents);
    }

    @Override
    public byte[] body() {
        return Contents.encode(contents);
    }
}
