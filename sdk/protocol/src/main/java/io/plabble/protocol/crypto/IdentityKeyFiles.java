package io.plabble.protocol.crypto;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.internal.crypto.PemFile;
import io.plabble.protocol.internal.crypto.Pkcs8;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Identity (Ed25519) private keys as PKCS#8 PEM files, label {@code PRIVATE KEY} (RFC 8410). All methods block. */
public final class IdentityKeyFiles {
    private static final String LABEL = "PRIVATE KEY";

    private IdentityKeyFiles() {}

    /**
     * The one key of a file.
     *
     * @throws PlabbleConfigurationException naming file and line; never the content
     */
    public static IdentityKeyPair read(Path file) {
        List<PemFile.Block> blocks = PemFile.read(file, LABEL);
        byte[] seed = new byte[0];
        try {
            if (blocks.size() != 1) {
                throw new PlabbleConfigurationException(
                        file + ", line " + blocks.get(1).line() + ": a second private key, where one belongs");
            }
            seed = Pkcs8.decode(blocks.get(0).content())
                    .orElseThrow(() -> new PlabbleConfigurationException(
                            file + ", line " + blocks.get(0).line() + ": not an Ed25519 private key (RFC 8410)"));
            return IdentityKeyPair.ofSeed(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
            blocks.forEach(block -> Arrays.fill(block.content(), (byte) 0));
        }
    }

    /**
     * Writes a new file that only its owner may read (where the file system knows of owners).
     *
     * @throws PlabbleConfigurationException if the file exists or cannot be written
     */
    public static void write(Path file, IdentityKeyPair keyPair) {
        byte[] seed = keyPair.seed();
        byte[] encoded = Pkcs8.encode(seed);
        try {
            PemFile.writeSecret(file, LABEL, encoded);
        } finally {
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(encoded, (byte) 0);
        }
    }
}
