package io.plabble.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.protocol.crypto.IdentityKeyFiles;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.fuzz.Choices;
import io.plabble.testsupport.fuzz.FuzzTarget;
import io.plabble.testsupport.fuzz.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** PEM files of certificates and of a private key (§5): what is read is read again when it has been written. */
final class PemTarget implements FuzzTarget {
    private static final int CERTIFICATES = 0;
    private static final int PRIVATE_KEY = 1;
    private static final int KEYS = 10;
    /** PKCS#8 of an Ed25519 key, up to its seed (RFC 8410 §7). */
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    @Override
    public void accept(byte[] input) {
        Choices choices = new Choices(input);
        boolean certificates = choices.below(2) == CERTIFICATES;
        Path file = null;
        try {
            file = Files.createTempFile("fuzz", ".pem");
            Files.write(file, choices.rest());
            if (certificates) {
                certificates(file);
            } else {
                privateKey(file);
            }
        } catch (PlabbleConfigurationException e) {
            assertThat(e.getMessage()).startsWith(String.valueOf(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    private static void certificates(Path file) {
        List<Certificate> read = CertificateFiles.read(file);
        assertThat(read).isNotEmpty();
        CertificateFiles.write(file, read);
        assertThat(CertificateFiles.read(file)).isEqualTo(read);
    }

    private static void privateKey(Path file) {
        IdentityKeyPair read = IdentityKeyFiles.read(file);
        delete(file); // a key file is never replaced
        IdentityKeyFiles.write(file, read);
        assertThat(IdentityKeyFiles.read(file).seed()).isEqualTo(read.seed());
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        Random random = Seeds.random();
        VectorFile vectors = VectorFile.named("certificate.json");
        Stream<byte[]> single =
                vectors.cases("issue").map(vector -> pem("PLABBLE CERTIFICATE", vector.bytes("certificate")));
        Stream<byte[]> chains = vectors.cases("verify")
                .map(vector -> Bytes.join(vector.byteStrings("chain").stream()
                        .map(certificate -> pem("PLABBLE CERTIFICATE", certificate))
                        .toArray(byte[][]::new)))
                .limit(KEYS);
        Stream<byte[]> keys = Stream.generate(() -> new byte[IdentityKeyPair.SEED_LENGTH])
                .limit(KEYS)
                .peek(random::nextBytes)
                .map(seed -> pem("PRIVATE KEY", Bytes.join(PKCS8, seed)));
        return Seeds.around(Stream.of(
                        Seeds.chosen(CERTIFICATES, single),
                        Seeds.chosen(CERTIFICATES, chains),
                        Seeds.chosen(PRIVATE_KEY, keys))
                .flatMap(seeds -> seeds));
    }

    private static byte[] pem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return ("-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
