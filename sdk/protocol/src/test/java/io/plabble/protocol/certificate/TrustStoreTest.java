package io.plabble.protocol.certificate;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.IdentityKeyPair;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway") // what callers without null checks pass
class TrustStoreTest {
    private static final CertificateAuthority ROOT = CertificateAuthority.root(
            IdentityKeyPair.generate(), "root.example", PlabbleTimestamp.MIN, PlabbleTimestamp.MAX);
    private static final Certificate INTERMEDIATE = ROOT.issue(
            IdentityKeyPair.generate().publicKey(), "plabble.example", PlabbleTimestamp.MIN, PlabbleTimestamp.MAX);

    @TempDir
    Path directory;

    @Test
    void trustsNobodyWhenEmpty() {
        assertThat(TrustStore.empty().isEmpty()).isTrue();
        assertThat(TrustStore.empty().withIntermediates(List.of(INTERMEDIATE)).isEmpty())
                .isTrue();
        assertThat(TrustStore.roots(ROOT.certificate()).isEmpty()).isFalse();
    }

    @Test
    void refusesNoCertificate() {
        assertRefused(Reason.CONFIGURATION, () -> TrustStore.roots(new Certificate[0]));
        assertRefused(Reason.CONFIGURATION, () -> TrustStore.roots((Certificate[]) null));
        assertRefused(Reason.CONFIGURATION, () -> TrustStore.roots((Certificate) null));
    }

    @Test
    void refusesNoFile() {
        assertRefused(Reason.CONFIGURATION, () -> TrustStore.roots(new Path[0]));
        assertRefused(Reason.CONFIGURATION, () -> TrustStore.roots((Path[]) null));
        assertRefused(Reason.CONFIGURATION, () -> TrustStore.roots((Path) null));
        assertRefused(Reason.CONFIGURATION, () -> TrustStore.empty().withIntermediates(new Path[0]));
    }

    @Test
    void refusesARootThatIsNotSignedByItself() {
        assertRefused(Reason.CONFIGURATION, () -> TrustStore.roots(INTERMEDIATE))
                .hasMessageContaining("plabble.example")
                .hasMessageContaining("withIntermediates");
    }

    @Test
    void readsFiles() {
        Path roots = directory.resolve("roots.pem");
        Path intermediates = directory.resolve("intermediates.pem");
        CertificateFiles.write(roots, List.of(ROOT.certificate()));
        CertificateFiles.write(intermediates, List.of(INTERMEDIATE));

        TrustStore store = TrustStore.roots(roots).withIntermediates(intermediates);

        assertThat(store.roots()).containsExactly(ROOT.certificate());
        assertThat(store.intermediates()).containsExactly(INTERMEDIATE);
        assertThat(store).hasToString("TrustStore[roots=1, intermediates=1]");
    }

    @Test
    void isNotChangedByAddingToIt() {
        TrustStore store = TrustStore.roots(ROOT.certificate());

        assertThat(store.withIntermediates(List.of(INTERMEDIATE)).roots()).isEqualTo(store.roots());
        assertThat(store.intermediates()).isEmpty();
        assertThat(TrustStore.empty().roots()).isEmpty();
    }
}
