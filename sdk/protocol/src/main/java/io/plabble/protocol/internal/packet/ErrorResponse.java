package io.plabble.protocol.internal.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An ERROR in answer to CONNECT, in the clear (§9): {@code TypeFlags[1] Counter[2] Code[1] Message[n]}.
 *
 * @param code 0 to 255
 * @param message as sent, malformed UTF-8 replaced; may be empty
 */
public record ErrorResponse(int code, String message) implements ConnectAnswer {
    private static final int MESSAGE_OFFSET = HEADER_LENGTH + 1;

    @Override
    public byte[] encoded() {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(MESSAGE_OFFSET + text.length)
                .put(PacketType.ERROR.with(0))
                .putShort((short) 0)
                .put((byte) code)
                .put(text)
                .array();
    }

    static ErrorResponse decodeBody(byte[] packet) {
        if (packet.length < MESSAGE_OFFSET) {
            throw ConnectAnswer.malformed("an ERROR without a code");
        }
        String message = new String(packet, MESSAGE_OFFSET, packet.length - MESSAGE_OFFSET, StandardCharsets.UTF_8);
        return new ErrorResponse(packet[HEADER_LENGTH] & 0xff, message);
    }
}
