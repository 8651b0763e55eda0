package io.plabble.protocol.certificate;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.VectorSource;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;

class CertificateVectorsTest {
    private static final String FILE = "certificate.json";
    private static final VectorFile VECTORS = VectorFile.named(FILE);

    @ParameterizedTest
    @VectorSource(file = FILE, list = "timestamps")
    void convertsTimestampsBothWays(VectorCase vector) {
        PlabbleTimestamp timestamp = new PlabbleTimestamp(vector.number("plabble"));
        Instant instant = Instant.parse(vector.text("utc"));

        assertThat(timestamp.toInstant()).isEqualTo(instant);
        assertThat(PlabbleTimestamp.of(instant)).isEqualTo(timestamp);
        assertThat(timestamp).hasToString(vector.text("utc"));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "issue")
    void issuesTheSameBytes(VectorCase vector) {
        Certificate certificate = issuer(vector)
                .issue(
                        IdentityKey.of(vector.bytes("publicKey")),
                        vector.text("name"),
                        new PlabbleTimestamp(vector.number("validFrom")),
                        new PlabbleTimestamp(vector.number("validTo")));

        assertThat(certificate.encoded()).isEqualTo(vector.bytes("certificate"));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "issue")
    void parsesTheFieldsBack(VectorCase vector) {
        Certificate certificate = Certificate.parse(vector.bytes("certificate"));

        assertThat(certificate.publicKey().bytes()).isEqualTo(vector.bytes("publicKey"));
        assertThat(certificate.validFrom().seconds()).isEqualTo(vector.number("validFrom"));
        assertThat(certificate.validTo().seconds()).isEqualTo(vector.number("validTo"));
        assertThat(certificate.name()).isEqualTo(vector.text("name"));
        assertThat(certificate.signature()).isEqualTo(vector.bytes("signature"));
        assertThat(certificate.signedContent()).isEqualTo(vector.bytes("signedContent"));
        assertThat(certificate.encoded()).isEqualTo(vector.bytes("certificate"));
        assertThat(certificate.isSignedBy(IdentityKey.of(vector.bytes("issuerPublicKey"))))
                .isTrue();
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "invalid")
    void refusesWhatIsNotWellFormed(VectorCase vector) {
        byte[] bytes = vector.bytes("bytes");
        // No bytes at all are a chain of none, which the verifier refuses; they are no certificate.
        ThrowingCallable parsing =
                bytes.length == 0 ? () -> Certificate.parse(bytes) : () -> CertificateChain.parse(bytes);

        assertRefused(vector.text("reason"), parsing);
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "unissuableNames")
    void refusesToIssueForANameThatNoCertificateMayCarry(VectorCase vector) {
        IdentityKeyPair keyPair = IdentityKeyPair.ofSeed(new byte[IdentityKeyPair.SEED_LENGTH]);

        assertRefused(
                Reason.CONFIGURATION,
                () -> CertificateAuthority.root(keyPair, vector.asText(), PlabbleTimestamp.MIN, PlabbleTimestamp.MAX));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "chains")
    void parsesAndEncodesChains(VectorCase vector) {
        List<Certificate> chain = VectorChain.certificates(vector, "certificates");

        assertThat(CertificateChain.parse(vector.bytes("bytes"))).isEqualTo(chain);
        assertThat(CertificateChain.encode(chain)).isEqualTo(vector.bytes("bytes"));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "verify")
    void verifiesChainsByTheRulesInTheirOrder(VectorCase vector) {
        ThrowingCallable verification =
                () -> VectorChain.verify(VECTORS, vector, VectorChain.certificates(vector, "chain"));

        if (vector.isTrue("valid")) {
            assertThatCode(verification).doesNotThrowAnyException();
        } else {
            assertRefused(vector.text("reason"), verification);
        }
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "names")
    void matchesNames(VectorCase vector) {
        assertThat(HostName.matches(vector.text("certificateName"), vector.text("host")))
                .isEqualTo(vector.isTrue("match"));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "issuing")
    void knowsWhoMayIssueForWhom(VectorCase vector) {
        assertThat(HostName.mayIssue(vector.text("issuer"), vector.text("subject")))
                .isEqualTo(vector.isTrue("allowed"));
    }

    private static CertificateAuthority issuer(VectorCase vector) {
        IdentityKeyPair keyPair = IdentityKeyPair.ofSeed(vector.bytes("issuerSeed"));
        assertThat(keyPair.publicKey().bytes()).isEqualTo(vector.bytes("issuerPublicKey"));
        return CertificateAuthority.root(keyPair, "issuer.example", PlabbleTimestamp.MIN, PlabbleTimestamp.MAX);
    }
}
