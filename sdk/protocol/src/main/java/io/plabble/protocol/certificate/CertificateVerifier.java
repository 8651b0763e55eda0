package io.plabble.protocol.certificate;

import io.plabble.protocol.PeerText;
import io.plabble.protocol.PlabbleCertificateException;
import io.plabble.protocol.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Decides whether a chain is valid for a host at a time: the rules of §5 in their order, so that every fault has one
 * outcome. Rule 1's form of each certificate has been checked by parsing it.
 *
 * @param trust whom to trust
 * @param clockSkew how far a window may be missed, 0 to 5 minutes, in whole seconds
 * @param maxCertificates the longest chain accepted, 1 to 15
 */
public record CertificateVerifier(TrustStore trust, Duration clockSkew, int maxCertificates) {
    /** The protocol's own limit on the length of a chain. */
    public static final int DEFAULT_MAX_CERTIFICATES = 8;

    /**
     * Returns if the chain is valid.
     *
     * @param chain server first, root last
     * @param host the name or address that the caller asked for
     * @throws PlabbleCertificateException naming the certificate at fault and the rule it breaks
     */
    public void verify(List<Certificate> chain, String host, Instant now) {
        checkLength(chain);
        checkRoot(chain);
        checkLinks(chain);
        checkIssuingRights(chain);
        checkTime(chain, now);
        checkName(chain.get(0), host);
    }

    private void checkLength(List<Certificate> chain) {
        if (chain.isEmpty()) {
            throw PlabbleCertificateException.ofChain(
                    Reason.CERTIFICATE_MISSING, "a certificate chain was asked for, and none came");
        }
        if (chain.size() > maxCertificates) {
            throw PlabbleCertificateException.ofChain(
                    Reason.CHAIN_TOO_LONG,
                    chain.size() + " certificates, at most " + maxCertificates + " are accepted");
        }
    }

    private void checkRoot(List<Certificate> chain) {
        int last = chain.size() - 1;
        if (!trust.isTrustedRoot(chain.get(last))) {
            throw fault(
                    Reason.UNTRUSTED_ROOT,
                    chain,
                    last,
                    "ends the chain, but is no trusted root: no root in the trust store has this key and this name");
        }
    }

    private void checkLinks(List<Certificate> chain) {
        int last = chain.size() - 1;
        for (int i = 0; i < last; i++) {
            if (!chain.get(i).isSignedBy(chain.get(i + 1).publicKey())) {
                throw fault(Reason.CHAIN_SIGNATURE_INVALID, chain, i, "is not signed by the next one's key");
            }
        }
        Certificate root = chain.get(last);
        if (!trust.hasVerified(root) && !root.isSignedBy(root.publicKey())) {
            throw fault(Reason.CHAIN_SIGNATURE_INVALID, chain, last, "is not signed by its own key");
        }
    }

    private void checkIssuingRights(List<Certificate> chain) {
        for (int i = 1; i < chain.size() - 1; i++) {
            Certificate issuer = chain.get(i);
            String subject = chain.get(i - 1).name();
            if (!trust.isTrustedIntermediate(issuer) && !HostName.mayIssue(issuer.name(), subject)) {
                throw fault(
                        Reason.ISSUER_NOT_AUTHORISED,
                        chain,
                        i,
                        "may not issue for \"" + PeerText.printable(subject)
                                + "\": add it to the trust store's intermediates if it should");
            }
        }
    }

    private void checkTime(List<Certificate> chain, Instant now) {
        long second = now.getEpochSecond();
        long skew = clockSkew.toSeconds();
        for (int i = 0; i < chain.size(); i++) {
            Certificate certificate = chain.get(i);
            if (second < certificate.validFrom().toInstant().getEpochSecond() - skew) {
                throw fault(
                        Reason.CERTIFICATE_NOT_YET_VALID,
                        chain,
                        i,
                        "is valid from " + certificate.validFrom() + ", and it is " + now);
            }
            if (second > certificate.validTo().toInstant().getEpochSecond() + skew) {
                throw fault(
                        Reason.CERTIFICATE_EXPIRED,
                        chain,
                        i,
                        "was valid until " + certificate.validTo() + ", and it is " + now);
            }
        }
    }

    private static void checkName(Certificate server, String host) {
        if (!HostName.matches(server.name(), host)) {
            throw PlabbleCertificateException.ofCertificate(
                    Reason.NAME_MISMATCH,
                    0,
                    "the server's certificate is for \"" + PeerText.printable(server.name()) + "\", not for \""
                            + PeerText.printable(host) + "\"");
        }
    }

    private static PlabbleCertificateException fault(Reason reason, List<Certificate> chain, int index, String what) {
        return PlabbleCertificateException.ofCertificate(
                reason,
                index,
                "certificate " + (index + 1) + " of " + chain.size() + ", \""
                        + PeerText.printable(chain.get(index).name()) + "\", " + what);
    }
}
