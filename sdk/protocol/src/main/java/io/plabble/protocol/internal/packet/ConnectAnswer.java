package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.certificate.TrustStore;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** What a server may answer to CONNECT (§4): a response or an ERROR. */
public sealed interface ConnectAnswer extends Response permits ConnectResponse, ErrorResponse {
    /** The packet without Length. */
    byte[] encoded();

    /** As {@link #decode(byte[], TrustStore)}, for who knows no certificate yet. */
    static ConnectAnswer decode(byte[] packet) {
        return decode(packet, TrustStore.empty());
    }

    /**
     * Reads a packet without Length: no flag may be set and its Counter is 0.
     *
     * @param known certificates that need no decoding
     * @throws PlabbleProtocolException with reason {@code malformed}
     */
    static ConnectAnswer decode(byte[] packet, TrustStore known) {
        if (packet.length < HEADER_LENGTH) {
            throw malformed(packet.length + " bytes, less than its header of " + HEADER_LENGTH);
        }
        if (TypeFlags.flags(packet[0]) != 0) {
            throw malformed("flags 0x" + HexFormat.of().toHexDigits((byte) TypeFlags.flags(packet[0]))
                    + " are set, where none may be");
        }
        if (packet[1] != 0 || packet[2] != 0) {
            throw malformed("its Counter is not 0");
        }
        PacketType type = TypeFlags.type(packet[0]);
        return switch (type) {
            case CONNECT -> ConnectResponse.decodeBody(packet, known);
            case ERROR ->
                ErrorResponse.decode(0, ByteBuffer.wrap(packet, HEADER_LENGTH, packet.length - HEADER_LENGTH));
            default -> throw malformed("its packet type is " + type + ", neither CONNECT nor ERROR");
        };
    }

    static PlabbleProtocolException malformed(String what) {
        return PlabbleProtocolException.malformed("the answer to CONNECT is malformed: " + what);
    }
}
