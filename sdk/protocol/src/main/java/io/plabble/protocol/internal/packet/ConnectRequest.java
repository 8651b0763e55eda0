package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The CONNECT request (§4): {@code TypeFlags[1] Version[1] ClientPublicKey[32]}, 34 bytes without Length.
 *
 * @param encryption flag #6: upgrade to an encrypted connection
 * @param certificate flag #7: send the certificate chain
 * @param version 1 (D14)
 * @param clientPublicKey X25519, 32 bytes
 */
public record ConnectRequest(boolean encryption, boolean certificate, int version, byte[] clientPublicKey) {
    public static final int VERSION = 1;
    public static final int LENGTH = 34;

    private static final int ENCRYPTION = TypeFlags.FLAG_6;
    private static final int CERTIFICATE = TypeFlags.FLAG_7;
    private static final int KEY_OFFSET = 2;

    public ConnectRequest(boolean encryption, boolean certificate, byte[] clientPublicKey) {
        this(encryption, certificate, VERSION, clientPublicKey);
    }

    /** The packet without Length, which is also what the server signs first. */
    public byte[] encoded() {
        int flags = (encryption ? ENCRYPTION : 0) | (certificate ? CERTIFICATE : 0);
        return ByteBuffer.allocate(LENGTH)
                .put(TypeFlags.of(PacketType.CONNECT, flags))
                .put((byte) version)
                .put(clientPublicKey)
                .array();
    }

    /**
     * Reads a packet without Length. A version other than 1 is not refused here and its body not looked at: that is for the
     * server to answer (§4, step 3).
     */
    public static ConnectRequest decode(byte[] packet) {
        if (packet.length < KEY_OFFSET || TypeFlags.type(packet[0]) != PacketType.CONNECT) {
            throw PlabbleProtocolException.malformed("the first packet is no CONNECT request");
        }
        int flags = TypeFlags.flags(packet[0], ENCRYPTION | CERTIFICATE);
        int version = packet[1] & 0xff;
        if (version == VERSION && packet.length != LENGTH) {
            throw PlabbleProtocolException.malformed("CONNECT request: " + packet.length + " bytes, needs " + LENGTH);
        }
        return new ConnectRequest(
                (flags & ENCRYPTION) != 0,
                (flags & CERTIFICATE) != 0,
                version,
                Arrays.copyOfRange(packet, KEY_OFFSET, packet.length));
    }
}
