package io.plabble.protocol.certificate;

import io.plabble.protocol.PeerText;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.crypto.IdentityKeyPair;

/**
 * Issues certificates (§5): a certificate together with its private key. Issuing is deterministic. The format has no CA
 * mark, so whether a verifier lets an intermediate issue for a name depends on the names and on the verifier's trust store
 * (D8).
 */
public final class CertificateAuthority {
    private final Certificate certificate;
    private final IdentityKeyPair keyPair;

    private CertificateAuthority(Certificate certificate, IdentityKeyPair keyPair) {
        this.certificate = certificate;
        this.keyPair = keyPair;
    }

    /**
     * The authority that holds this certificate and its key pair.
     *
     * @throws PlabbleConfigurationException if the certificate is not for this key pair
     */
    public static CertificateAuthority of(Certificate certificate, IdentityKeyPair keyPair) {
        if (!certificate.publicKey().equals(keyPair.publicKey())) {
            throw new PlabbleConfigurationException("certificate authority: the certificate for \""
                    + PeerText.printable(certificate.name()) + "\" belongs to another key pair");
        }
        return new CertificateAuthority(certificate, keyPair);
    }

    /**
     * A new root, signed by its own key.
     *
     * @throws PlabbleConfigurationException for a name that no certificate may carry, or a reversed window
     */
    public static CertificateAuthority root(
            IdentityKeyPair keyPair, String name, PlabbleTimestamp validFrom, PlabbleTimestamp validTo) {
        return new CertificateAuthority(
                Certificate.create(keyPair.publicKey(), validFrom, validTo, name, keyPair::sign), keyPair);
    }

    /**
     * A certificate for another's key, signed by this authority.
     *
     * @throws PlabbleConfigurationException for a name that no certificate may carry, or a reversed window
     */
    public Certificate issue(IdentityKey subject, String name, PlabbleTimestamp validFrom, PlabbleTimestamp validTo) {
        return Certificate.create(subject, validFrom, validTo, name, keyPair::sign);
    }

    /** As {@link #issue}, for a key pair that is to issue in turn. */
    public CertificateAuthority intermediate(
            IdentityKeyPair subject, String name, PlabbleTimestamp validFrom, PlabbleTimestamp validTo) {
        return new CertificateAuthority(issue(subject.publicKey(), name, validFrom, validTo), subject);
    }

    public Certificate certificate() {
        return certificate;
    }

    @Override
    public String toString() {
        return "CertificateAuthority[" + certificate + "]";
    }
}
