package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import java.nio.ByteBuffer;

/** The answer without a body to everything but REQUEST (§8): it is done. */
public record Acknowledgement(PacketType type, int requestCounter) implements BucketResponse {
    private static final byte[] EMPTY = {};

    @Override
    public byte[] body() {
        return EMPTY;
    }

    static Acknowledgement decode(PacketType type, int requestCounter, ByteBuffer body) {
        if (body.hasRemaining()) {
            throw PlabbleProtocolException.malformed(
                    "the answer to " + type + " has a body of " + body.remaining() + " bytes, where it has none");
        }
        return new Acknowledgement(type, requestCounter);
    }
}
