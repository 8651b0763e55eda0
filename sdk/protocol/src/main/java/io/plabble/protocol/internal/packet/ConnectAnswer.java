package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PlabbleProtocolException;
import java.util.HexFormat;

/** What a server may answer to CONNECT (§4): a response or an ERROR. */
public sealed interface ConnectAnswer permits ConnectResponse, ErrorResponse {
    /** {@code TypeFlags[1] Counter[2]} (D4). */
    int HEADER_LENGTH = 3;

    /** The packet without Length. */
    byte[] encoded();

    /**
     * Reads a packet without Length: no flag may be set and its Counter is 0.
     *
     * @throws PlabbleProtocolException with reason {@code malformed}
     */
    static ConnectAnswer decode(byte[] packet) {
        if (packet.length < HEADER_LENGTH) {
            throw malformed(packet.length + " bytes, less than its header of " + HEADER_LENGTH);
        }
        if (PacketType.flagsOf(packet[0]) != 0) {
            throw malformed("flags 0x" + HexFormat.of().toHexDigits((byte) PacketType.flagsOf(packet[0]))
                    + " are set, where none may be");
        }
        if (packet[1] != 0 || packet[2] != 0) {
            throw malformed("its Counter is not 0");
        }
        if (PacketType.CONNECT.isIn(packet[0])) {
            return ConnectResponse.decodeBody(packet);
        }
        if (PacketType.ERROR.isIn(packet[0])) {
            return ErrorResponse.decodeBody(packet);
        }
        throw malformed("its packet type is " + PacketType.typeOf(packet[0]) + ", neither CONNECT nor ERROR");
    }

    static PlabbleProtocolException malformed(String what) {
        return PlabbleProtocolException.malformed("the answer to CONNECT is malformed: " + what);
    }
}
