package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;

/** UNSUBSCRIBE (§8): ends the connection's subscription to the bucket, if it has one. */
public record UnsubscribeRequest(BucketId bucketId) implements BucketRequest {
    private static final byte[] EMPTY = {};

    @Override
    public PacketType type() {
        return PacketType.UNSUBSCRIBE;
    }

    @Override
    public int bodyLength() {
        return 0;
    }

    @Override
    public byte[] body() {
        return EMPTY;
    }

    static UnsubscribeRequest decode(BucketId bucket, byte[] body) {
        if (body.length != 0) {
            throw PlabbleProtocolException.malformed("an UNSUBSCRIBE with a body of " + body.length + " bytes");
        }
        return new UnsubscribeRequest(bucket);
    }
}
