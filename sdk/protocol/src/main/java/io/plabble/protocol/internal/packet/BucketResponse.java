package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import java.nio.ByteBuffer;

/** What a server sends after CONNECT (§8, §9): an answer to a request, or an update to a subscriber. */
public sealed interface BucketResponse extends Response permits Acknowledgement, SlotsResponse, ErrorResponse {
    PacketType type();

    /** The client counter of the request that it answers, or that subscribed (§8). */
    int requestCounter();

    byte[] body();

    /** Without flag #5, which is the protection's. */
    default byte[] header() {
        return ByteBuffer.allocate(HEADER_LENGTH)
                .put(TypeFlags.of(type(), 0))
                .putShort((short) requestCounter())
                .array();
    }

    /**
     * Reads what has been authenticated.
     *
     * @param header without flag #5
     * @param body read to its end
     * @throws PlabbleProtocolException with reason {@code malformed} for reserved types and flags and for bodies that are not
     *     exactly what their type says
     */
    static BucketResponse decode(byte[] header, ByteBuffer body) {
        TypeFlags.flags(header[0], 0);
        int requestCounter = (header[1] & 0xff) << 8 | header[2] & 0xff;
        PacketType type = TypeFlags.type(header[0]);
        return switch (type) {
            case REQUEST -> new SlotsResponse(requestCounter, Slots.decode(body));
            case ERROR -> ErrorResponse.decode(requestCounter, body);
            case CONNECT -> throw PlabbleProtocolException.malformed("a second answer to CONNECT");
            default -> Acknowledgement.decode(type, requestCounter, body);
        };
    }
}
