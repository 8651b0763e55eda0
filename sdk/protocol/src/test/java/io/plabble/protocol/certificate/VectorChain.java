package io.plabble.protocol.certificate;

import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import java.time.Duration;
import java.util.List;

/** Certificates and trust stores as the vectors give them. */
public final class VectorChain {
    private VectorChain() {}

    /** The certificates of a field, each given with its Length byte. */
    public static List<Certificate> certificates(VectorCase vector, String field) {
        return vector.byteStrings(field).stream().map(Certificate::parse).toList();
    }

    /** Verifies a chain for the host, the trust store and the skew of the case, at the time of its file. */
    public static void verify(VectorFile file, VectorCase vector, List<Certificate> chain) {
        TrustStore trust = TrustStore.empty()
                .withRoots(certificates(vector, "trustedRoots"))
                .withIntermediates(certificates(vector, "trustedIntermediates"));
        new CertificateVerifier(trust, Duration.ofSeconds(vector.number("skewSeconds")), file.maxCertificates())
                .verify(chain, vector.text("host"), file.time());
    }
}
