package io.plabble.protocol.certificate;

import io.plabble.protocol.PlabbleProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** How a list of certificates travels: one after the other, in the order server, intermediates, root (§4). */
public final class CertificateChain {
    private CertificateChain() {}

    /**
     * Reads certificates until the bytes are used up.
     *
     * @param bytes any number of certificates, each with its Length byte; none for no bytes
     * @throws PlabbleProtocolException with reason {@code malformed}, naming the certificate at fault
     */
    public static List<Certificate> parse(byte[] bytes) {
        return parse(bytes, TrustStore.empty());
    }

    /**
     * As {@link #parse(byte[])}, but what the trust store holds, byte for byte, becomes the store's own instance, whose key is
     * decoded already.
     */
    public static List<Certificate> parse(byte[] bytes, TrustStore known) {
        List<Certificate> certificates = new ArrayList<>();
        ByteBuffer source = ByteBuffer.wrap(bytes);
        while (source.hasRemaining()) {
            int offset = source.position();
            try {
                certificates.add(Certificate.read(source, known));
            } catch (PlabbleProtocolException e) {
                throw new PlabbleProtocolException(
                        e.reason(),
                        "certificate " + (certificates.size() + 1) + " of the chain, at byte " + offset + ": "
                                + e.getMessage(),
                        e);
            }
        }
        return List.copyOf(certificates);
    }

    /** The bytes that {@link #parse} reads. */
    public static byte[] encode(List<Certificate> certificates) {
        ByteBuffer target = ByteBuffer.allocate(
                certificates.stream().mapToInt(c -> c.encoded().length).sum());
        certificates.forEach(certificate -> target.put(certificate.encoded()));
        return target.array();
    }
}
