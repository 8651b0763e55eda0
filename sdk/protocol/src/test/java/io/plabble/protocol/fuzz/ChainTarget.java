package io.plabble.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleCertificateException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.Reason;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateAuthority;
import io.plabble.protocol.certificate.CertificateChain;
import io.plabble.protocol.certificate.CertificateVerifier;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.fuzz.FuzzTarget;
import io.plabble.testsupport.fuzz.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A chain as it travels, and its verification (§5): as nobody can sign what the input makes of them, a valid chain holds only
 * certificates that were issued.
 */
final class ChainTarget implements FuzzTarget {
    private static final String HOST = "node.peer.example";
    private static final PlabbleTimestamp FROM = new PlabbleTimestamp(1_000);
    private static final PlabbleTimestamp TO = new PlabbleTimestamp(2_000);
    private static final Instant NOW = new PlabbleTimestamp(1_500).toInstant();

    private static final IdentityKeyPair SERVER_KEY = keyPair(1);
    private static final CertificateAuthority ROOT = CertificateAuthority.root(keyPair(2), "root.example", FROM, TO);
    private static final CertificateAuthority HOST_ROOT = CertificateAuthority.root(SERVER_KEY, HOST, FROM, TO);
    private static final CertificateAuthority INTERMEDIATE = ROOT.intermediate(keyPair(3), "peer.example", FROM, TO);
    private static final List<List<Certificate>> VALID = List.of(
            List.of(HOST_ROOT.certificate()),
            List.of(ROOT.issue(SERVER_KEY.publicKey(), HOST, FROM, TO), ROOT.certificate()),
            List.of(
                    INTERMEDIATE.issue(SERVER_KEY.publicKey(), HOST, FROM, TO),
                    INTERMEDIATE.certificate(),
                    ROOT.certificate()));
    private static final Set<Certificate> ISSUED =
            VALID.stream().flatMap(List::stream).collect(Collectors.toSet());
    private static final CertificateVerifier VERIFIER = new CertificateVerifier(
            TrustStore.roots(ROOT.certificate(), HOST_ROOT.certificate()),
            Duration.ZERO,
            CertificateVerifier.DEFAULT_MAX_CERTIFICATES);

    @Override
    public void accept(byte[] input) {
        try {
            List<Certificate> chain = CertificateChain.parse(input);
            assertThat(CertificateChain.encode(chain)).isEqualTo(input);
            VERIFIER.verify(chain, HOST, NOW);
            assertThat(ISSUED).containsAll(chain);
        } catch (PlabbleProtocolException e) {
            assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
        } catch (PlabbleCertificateException e) {
            assertThat(e).hasMessageMatching("\\P{Cntrl}+");
        }
    }

    private static IdentityKeyPair keyPair(int number) {
        byte[] seed = new byte[IdentityKeyPair.SEED_LENGTH];
        seed[0] = (byte) number;
        return IdentityKeyPair.ofSeed(seed);
    }

    @Override
    public Stream<byte[]> seeds() {
        return Seeds.around(Stream.concat(
                VALID.stream().map(CertificateChain::encode),
                VectorFile.named("certificate.json")
                        .cases("verify")
                        .map(vector -> Bytes.join(vector.byteStrings("chain").toArray(byte[][]::new)))));
    }
}
