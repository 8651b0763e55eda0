package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An ERROR (§9), in the clear in answer to CONNECT and protected later: {@code TypeFlags[1] Counter[2] Code[1] Message[n]}.
 *
 * @param requestCounter of the request that it answers; 0 in answer to CONNECT
 * @param code 0 to 255
 * @param message as sent, malformed UTF-8 replaced; may be empty
 */
public record ErrorResponse(int requestCounter, int code, String message) implements ConnectAnswer, BucketResponse {
    private static final int MESSAGE_OFFSET = 1;

    /** In answer to CONNECT. */
    public ErrorResponse(int code, String message) {
        this(0, code, message);
    }

    @Override
    public PacketType type() {
        return PacketType.ERROR;
    }

    @Override
    public byte[] encoded() {
        byte[] body = body();
        return ByteBuffer.allocate(HEADER_LENGTH + body.length)
                .put(header())
                .put(body)
                .array();
    }

    @Override
    public byte[] body() {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(MESSAGE_OFFSET + text.length)
                .put((byte) code)
                .put(text)
                .array();
    }

    static ErrorResponse decode(int requestCounter, ByteBuffer body) {
        if (!body.hasRemaining()) {
            throw PlabbleProtocolException.malformed("an ERROR without a code");
        }
        int code = Byte.toUnsignedInt(body.get());
        byte[] text = new byte[body.remaining()];
        body.get(text);
        return new ErrorResponse(requestCounter, code, new String(text, StandardCharsets.UTF_8));
    }
}
