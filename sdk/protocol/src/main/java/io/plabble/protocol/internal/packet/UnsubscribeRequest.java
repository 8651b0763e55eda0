package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import java.nio.ByteBuffer;

/** UNSUBSCRIBE (§8): ends the connection's subscription to the bucket, if it has one. */
public record UnsubscribeRequest(BucketId bucketId) implements BodilessRequest {
    @Override
    public PacketType type() {
        return PacketType.UNSUBSCRIBE;
    }

    static UnsubscribeRequest decode(BucketId bucket, ByteBuffer body) {
        if (body.hasRemaining()) {
            throw PlabbleProtocolException.malformed("an UNSUBSCRIBE with a body of " + body.remaining() + " bytes");
        }
        return new UnsubscribeRequest(bucket);
    }
}
