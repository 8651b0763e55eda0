package io.plabble.samples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.sdk.Authentication;
import io.plabble.sdk.PlabbleSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a session.
 *
 * @param fingerprint SHA-256 of the session key, which itself is never shown
 * @param elapsed from the command's start until the session was there
 */
record Connected(
        Endpoint endpoint,
        int protocolVersion,
        boolean encrypted,
        Authentication authentication,
        String fingerprint,
        Duration elapsed) {

    static Connected to(Endpoint endpoint, PlabbleSession session, long nanos) {
        return new Connected(
                endpoint,
                session.protocolVersion(),
                session.isEncrypted(),
                session.authentication(),
                session.sharedSecret().fingerprint(),
                Duration.ofNanos(nanos));
    }

    void describe(ObjectNode object) {
        object.put("host", endpoint.host())
                .put("port", endpoint.port())
                .put("protocolVersion", protocolVersion)
                .put("encrypted", encrypted)
                .put(
                        "identityKey",
                        authentication.identityKey().map(IdentityKey::toString).orElse(null));
        ArrayNode list = object.putArray("certificates");
        certificates().forEach(certificate -> CertificateOutput.describe(certificate, list.addObject()));
        object.put("sessionKeySha256", fingerprint).put("elapsedMillis", elapsed.toMillis());
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("Connected to " + endpoint + " in " + elapsed.toMillis() + " ms.");
        lines.add("Server:");
        certificates().forEach(certificate -> lines.add(CertificateOutput.text(certificate)));
        lines.add("  authenticated     " + how());
        authentication.identityKey().ifPresent(key -> lines.add("  identity key      " + key));
        lines.add("Session:");
        lines.add("  protocol version  " + protocolVersion);
        lines.add("  encrypted         " + (encrypted ? "yes" : "no"));
        lines.add("  session key       " + fingerprint + "  (SHA-256)");
        return String.join(System.lineSeparator(), lines);
    }

    private List<Certificate> certificates() {
        return authentication instanceof Authentication.ByCertificateChain by ? by.chain() : List.of();
    }

    private String how() {
        if (authentication instanceof Authentication.ByCertificateChain by) {
            return by.pinned() ? "by certificate chain and pinned key" : "by certificate chain";
        }
        return authentication instanceof Authentication.ByPinnedKey
                ? "by pinned key"
                : "NOT AT ALL: anybody may be at the other end";
    }
}
