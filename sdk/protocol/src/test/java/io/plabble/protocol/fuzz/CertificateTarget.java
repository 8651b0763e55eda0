package io.plabble.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.fuzz.FuzzTarget;
import io.plabble.testsupport.fuzz.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** One certificate (§5): what is taken is kept byte for byte, and keeps what rule 1 says. */
final class CertificateTarget implements FuzzTarget {
    @Override
    public void accept(byte[] input) {
        Certificate certificate;
        try {
            certificate = Certificate.parse(input);
        } catch (PlabbleProtocolException e) {
            assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
            assertThat(e).hasMessageMatching("\\P{Cntrl}+");
            return;
        }
        assertThat(certificate.encoded()).isEqualTo(input);
        assertThat(certificate.name()).matches("[^\\s\\p{Cntrl}]+");
        assertThat(certificate.name().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(Certificate.LONGEST_NAME);
        assertThat(certificate.validFrom()).isLessThanOrEqualTo(certificate.validTo());
        assertThat(certificate.toString()).matches("\\P{Cntrl}+");
    }

    @Override
    public Stream<byte[]> seeds() {
        VectorFile vectors = VectorFile.named("certificate.json");
        return Seeds.around(Stream.concat(
                vectors.cases("issue").map(vector -> vector.bytes("certificate")),
                vectors.cases("invalid").map(vector -> vector.bytes("bytes"))));
    }
}
