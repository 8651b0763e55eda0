package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateChain;
import io.plabble.protocol.certificate.TrustStore;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The CONNECT response (§4): {@code TypeFlags[1] Counter[2] ServerPublicKey[32] Signature[64] Certificate*}.
 *
 * @param serverPublicKey X25519, 32 bytes
 * @param signature Ed25519, 64 bytes
 * @param certificates server, intermediates, root; or none
 */
public record ConnectResponse(byte[] serverPublicKey, byte[] signature, List<Certificate> certificates)
        implements ConnectAnswer {
    private static final int KEY_LENGTH = 32;
    private static final int SIGNATURE_LENGTH = 64;
    private static final int CHAIN_OFFSET = HEADER_LENGTH + KEY_LENGTH + SIGNATURE_LENGTH;

    @Override
    public byte[] encoded() {
        byte[] chain = CertificateChain.encode(certificates);
        return ByteBuffer.allocate(CHAIN_OFFSET + chain.length)
                .put(TypeFlags.of(PacketType.CONNECT, 0))
                .putShort((short) 0)
                .put(serverPublicKey)
                .put(signature)
                .put(chain)
                .array();
    }

    static ConnectResponse decodeBody(byte[] packet, TrustStore known) {
        if (packet.length < CHAIN_OFFSET) {
            throw ConnectAnswer.malformed("a body of " + (packet.length - HEADER_LENGTH) + " bytes, needs at least "
                    + (CHAIN_OFFSET - HEADER_LENGTH));
        }
        int signatureOffset = HEADER_LENGTH + KEY_LENGTH;
        return new ConnectResponse(
                Arrays.copyOfRange(packet, HEADER_LENGTH, signatureOffset),
                Arrays.copyOfRange(packet, signatureOffset, CHAIN_OFFSET),
                CertificateChain.parse(Arrays.copyOfRange(packet, CHAIN_OFFSET, packet.length), known));
    }
}
