package io.plabble.protocol.certificate;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.IdentityKeyPair;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateTest {
    private static final String BIDI_NAME = "a\u202eb.example";
    private static final IdentityKeyPair KEY_PAIR = IdentityKeyPair.generate();

    @Test
    void handsOutCopies() {
        Certificate certificate = root("root.example");
        byte[] encoded = certificate.encoded();
        certificate.encoded()[40] ^= 1;
        certificate.signature()[0] ^= 1;
        certificate.signedContent()[0] ^= 1;

        assertThat(certificate.encoded()).isEqualTo(encoded);
        assertThat(certificate.isSignedBy(KEY_PAIR.publicKey())).isTrue();
        assertThat(Certificate.parse(encoded)).isEqualTo(certificate).hasSameHashCodeAs(certificate);
    }

    @Test
    void isNotChangedByTheBytesItWasParsedFrom() {
        byte[] encoded = root("root.example").encoded();
        Certificate certificate = Certificate.parse(encoded);
        Arrays.fill(encoded, (byte) 0);

        assertThat(certificate).isEqualTo(root("root.example"));
    }

    @Test
    void isEqualToTheSameBytesOnly() {
        Certificate certificate = root("root.example");
        Certificate other = root("other.example");

        assertThat(certificate).isNotEqualTo(other).isNotEqualTo("root.example").doesNotHaveSameHashCodeAs(other);
    }

    @Test
    void isTheTrustStoresOwnIfItHasTheVeryBytes() {
        Certificate root = root("root.example");
        Certificate intermediate = root("intermediate.example");
        Certificate other = root("other.example");
        TrustStore trust = TrustStore.roots(root).withIntermediates(List.of(intermediate));
        List<Certificate> chain = List.of(other, intermediate, root);

        List<Certificate> parsed = CertificateChain.parse(CertificateChain.encode(chain), trust);

        assertThat(parsed).isEqualTo(chain);
        assertThat(parsed.get(0)).isNotSameAs(other);
        assertThat(parsed.get(1)).isSameAs(intermediate);
        assertThat(parsed.get(2)).isSameAs(root);
    }

    @Test
    void saysWhereInAChainItIsGarbled() {
        byte[] whole = root("root.example").encoded();
        byte[] chain = Arrays.copyOf(CertificateChain.encode(List.of(root("a"), root("root.example"))), 106 + 50);

        assertRefused(Reason.MALFORMED, () -> CertificateChain.parse(chain))
                .hasMessageContaining("certificate 2 of the chain, at byte 106: ")
                .hasMessageEndingWith("Length %d, but only 49 bytes are there", whole.length - 1);
    }

    @Test
    void showsNoNameThatCouldMislead() {
        Certificate certificate = root(BIDI_NAME);
        byte[] reversedWindow = certificate.encoded();
        Arrays.fill(reversedWindow, 33, 37, (byte) 0xff);
        Arrays.fill(reversedWindow, 37, 41, (byte) 0);
        byte[] smallOrder = certificate.encoded();
        Arrays.fill(smallOrder, 1, 33, (byte) 0);

        assertThat(certificate).asString().contains("a\\u{202e}b.example");
        assertRefused(Reason.MALFORMED, () -> Certificate.parse(reversedWindow))
                .hasMessageContaining("a\\u{202e}b.example");
        assertRefused(Reason.MALFORMED, () -> Certificate.parse(smallOrder))
                .hasMessageContaining("a\\u{202e}b.example");
    }

    @Test
    void isNotIssuedForAWindowThatEndsBeforeItBegins() {
        assertRefused(
                Reason.CONFIGURATION,
                () -> CertificateAuthority.root(KEY_PAIR, "root.example", PlabbleTimestamp.MAX, PlabbleTimestamp.MIN));
    }

    @Test
    void isNotIssuedByAnothersKey() {
        assertRefused(
                Reason.CONFIGURATION, () -> CertificateAuthority.of(root("root.example"), IdentityKeyPair.generate()));
    }

    @Test
    void isIssuedAgainByWhoHoldsItsKey() {
        CertificateAuthority authority = CertificateAuthority.of(root("root.example"), KEY_PAIR);

        assertThat(authority.certificate()).isEqualTo(root("root.example"));
        assertThat(authority).hasToString("CertificateAuthority[" + root("root.example") + "]");
    }

    private static Certificate root(String name) {
        return CertificateAuthority.root(KEY_PAIR, name, PlabbleTimestamp.MIN, PlabbleTimestamp.MAX)
                .certificate();
    }
}
