package io.plabble.samples.webflux.plabble;

import io.plabble.protocol.PeerText;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.sdk.Authentication;
import io.plabble.sdk.PlabbleSession;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Who is at the other end of a session, and how that is known.
 *
 * @param names of the certificates, the server's first, the root's last
 * @param fingerprint of the key that signed the session: SHA-256, in hexadecimal digits
 * @param encrypted by Plabble itself; over TLS, that does it
 */
public record VerifiedServer(
        String address, String verifiedBy, List<String> names, String fingerprint, boolean encrypted) {
    static VerifiedServer of(PlabbleSession session) {
        Authentication how = session.authentication();
        return new VerifiedServer(
                address(session.remoteAddress()),
                how instanceof Authentication.ByCertificateChain ? "certificate chain" : "pinned key",
                how instanceof Authentication.ByCertificateChain by ? names(by.chain()) : List.of(),
                how.identityKey().map(VerifiedServer::fingerprint).orElseThrow(),
                session.isEncrypted());
    }

    private static String address(SocketAddress address) {
        return address instanceof InetSocketAddress at ? at.getHostString() + ":" + at.getPort() : address.toString();
    }

    private static List<String> names(List<Certificate> chain) {
        return chain.stream().map(Certificate::name).map(PeerText::printable).toList();
    }

    private static String fingerprint(IdentityKey key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
