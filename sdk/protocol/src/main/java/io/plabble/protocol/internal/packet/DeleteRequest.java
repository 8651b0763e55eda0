package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import java.nio.ByteBuffer;

/** WIPE with flag #6 (§8): deletes the whole bucket. */
public record DeleteRequest(BucketId bucketId) implements BodilessRequest {
    static final int DELETE = TypeFlags.FLAG_6;

    @Override
    public PacketType type() {
        return PacketType.WIPE;
    }

    @Override
    public int flags() {
        return DELETE;
    }

    static DeleteRequest decode(BucketId bucket, ByteBuffer body) {
        if (body.hasRemaining()) {
            throw PlabbleProtocolException.malformed("a WIPE that deletes the bucket, but names a range");
        }
        return new DeleteRequest(bucket);
    }
}
