package io.plabble.protocol.certificate;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.internal.crypto.PemFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** PEM files of certificates (§5): label {@code PLABBLE CERTIFICATE}, any number in a file. All methods block. */
public final class CertificateFiles {
    private static final String LABEL = "PLABBLE CERTIFICATE";

    private CertificateFiles() {}

    /**
     * The certificates of a file, in its order, at least one.
     *
     * @throws PlabbleConfigurationException naming file and line
     */
    public static List<Certificate> read(Path file) {
        List<Certificate> certificates = new ArrayList<>();
        for (PemFile.Block block : PemFile.read(file, LABEL)) {
            try {
                certificates.add(Certificate.parse(block.content()));
            } catch (PlabbleProtocolException e) {
                throw new PlabbleConfigurationException(file + ", line " + block.line() + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(certificates);
    }

    /**
     * Writes the certificates, replacing the file.
     *
     * @throws PlabbleConfigurationException if the file cannot be written
     */
    public static void write(Path file, Collection<Certificate> certificates) {
        PemFile.write(
                file, LABEL, certificates.stream().map(Certificate::encoded).toList());
    }
}
