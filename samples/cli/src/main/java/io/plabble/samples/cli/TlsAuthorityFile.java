package io.plabble.samples.cli;

import io.plabble.protocol.PlabbleConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** An X.509 certificate as PEM (RFC 7468). It has nothing to do with Plabble's own certificates. */
final class TlsAuthorityFile {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private TlsAuthorityFile() {}

    /** Replaces the file. */
    static void write(Path file, X509Certificate authority) {
        try {
            Files.writeString(
                    file,
                    "-----BEGIN CERTIFICATE-----\n" + LINES.encodeToString(authority.getEncoded())
                            + "\n-----END CERTIFICATE-----\n",
                    StandardCharsets.US_ASCII);
        } catch (IOException | CertificateEncodingException e) {
            throw new PlabbleConfigurationException(file + ": cannot be written: " + e, e);
        }
    }
}
