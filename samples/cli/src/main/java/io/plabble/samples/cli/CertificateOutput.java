package io.plabble.samples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plabble.protocol.PeerText;
import io.plabble.protocol.certificate.Certificate;

/** A certificate as it is shown. */
final class CertificateOutput {
    private CertificateOutput() {}

    static String text(Certificate certificate) {
        return String.join(
                System.lineSeparator(),
                "  " + PeerText.printable(certificate.name()),
                "    valid  " + certificate.validFrom() + " to " + certificate.validTo(),
                "    key    " + certificate.publicKey());
    }

    static void describe(Certificate certificate, ObjectNode object) {
        object.put("name", certificate.name())
                .put("publicKey", certificate.publicKey().toString())
                .put("validFrom", certificate.validFrom().toString())
                .put("validTo", certificate.validTo().toString());
    }
}
