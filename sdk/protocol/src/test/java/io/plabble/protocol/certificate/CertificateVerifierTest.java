package io.plabble.protocol.certificate;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.plabble.protocol.PlabbleCertificateException;
import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.IdentityKeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.InstanceOfAssertFactory;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;

/** Beyond what the vectors show: roots that differ from the stored copy (§5, rule 2), and what is said of a fault. */
class CertificateVerifierTest {
    private static final int LAST_BYTE_OF_VALID_TO = 40;
    private static final String HOST = "node.plabble.example";
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final IdentityKeyPair ROOT_KEY = IdentityKeyPair.generate();
    private static final CertificateAuthority ROOT = root(PlabbleTimestamp.MAX);
    private static final CertificateVerifier VERIFIER =
            new CertificateVerifier(TrustStore.roots(ROOT.certificate()), Duration.ZERO, 3);
    private static final InstanceOfAssertFactory<PlabbleCertificateException, ObjectAssert<PlabbleCertificateException>>
            CERTIFICATE_FAULT = InstanceOfAssertFactories.type(PlabbleCertificateException.class);

    @Test
    void takesATrustedRootThatWasIssuedAgainForAnotherWindow() {
        Certificate again = root(PlabbleTimestamp.of(NOW)).certificate();

        assertThatCode(() -> verify(server(ROOT), again)).doesNotThrowAnyException();
    }

    @Test
    void refusesATrustedRootWhoseWindowWasChanged() {
        byte[] changed = ROOT.certificate().encoded();
        changed[LAST_BYTE_OF_VALID_TO] ^= 1;

        assertRefused(Reason.CHAIN_SIGNATURE_INVALID, () -> verify(server(ROOT), Certificate.parse(changed)))
                .hasMessage("certificate 2 of 2, \"root.example\", is not signed by its own key");
    }

    @Test
    void saysWhichCertificateIsAtFault() {
        CertificateAuthority expired = intermediate(PlabbleTimestamp.MIN);

        assertRefused(
                        Reason.CERTIFICATE_EXPIRED,
                        () -> verify(server(expired), expired.certificate(), ROOT.certificate()))
                .hasMessageStartingWith("certificate 2 of 3, \"plabble.example\", ")
                .asInstanceOf(CERTIFICATE_FAULT)
                .satisfies(fault -> assertThat(fault.index()).hasValue(1));
    }

    @Test
    void saysThatTheWholeChainIsAtFault() {
        assertRefused(Reason.CERTIFICATE_MISSING, CertificateVerifierTest::verify)
                .asInstanceOf(CERTIFICATE_FAULT)
                .satisfies(fault -> assertThat(fault.index()).isEmpty());
    }

    private static void verify(Certificate... chain) {
        VERIFIER.verify(List.of(chain), HOST, NOW);
    }

    private static CertificateAuthority root(PlabbleTimestamp validTo) {
        return CertificateAuthority.root(ROOT_KEY, "root.example", PlabbleTimestamp.MIN, validTo);
    }

    private static CertificateAuthority intermediate(PlabbleTimestamp validTo) {
        return ROOT.intermediate(IdentityKeyPair.generate(), "plabble.example", PlabbleTimestamp.MIN, validTo);
    }

    private static Certificate server(CertificateAuthority issuer) {
        return issuer.issue(IdentityKeyPair.generate().publicKey(), HOST, PlabbleTimestamp.MIN, PlabbleTimestamp.MAX);
    }
}
