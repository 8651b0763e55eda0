package io.plabble.protocol.crypto;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plabble.protocol.Reason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityKeyFilesTest {
    // The examples of RFC 8410 §10.3, without and with attributes and public key.
    private static final String RFC_8410 = "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";
    private static final String RFC_8410_V2 = "MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
            + "oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB\n"
            + "Z9w7lshQhqowtrbLDFw4rXAxZuE=";
    private static final String RFC_8410_PUBLIC = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

    /** Characters of the key that no message may hold. */
    private static final String SECRET_PART = "Tuctv";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {RFC_8410, RFC_8410_V2})
    void readsTheExamplesOfTheRfc(String base64) throws Exception {
        assertThat(IdentityKeyFiles.read(file(pem("PRIVATE KEY", base64))).publicKey())
                .hasToString(RFC_8410_PUBLIC);
    }

    @Test
    void readsWhatItWrote() {
        Path file = directory.resolve("identity.pem");
        IdentityKeyPair keyPair = IdentityKeyPair.generate();

        IdentityKeyFiles.write(file, keyPair);

        assertThat(IdentityKeyFiles.read(file).seed()).isEqualTo(keyPair.seed());
    }

    @Test
    void writesWhatThePlatformReads() throws Exception {
        Path file = directory.resolve("identity.pem");
        IdentityKeyPair keyPair = IdentityKeyPair.generate();
        IdentityKeyFiles.write(file, keyPair);
        String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");

        EdECPrivateKey read = (EdECPrivateKey) KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));

        assertThat(read.getBytes()).contains(keyPair.seed());
    }

    @Test
    void writesForTheOwnerOnlyAndNeverOverAFile() throws Exception {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path file = directory.resolve("identity.pem");
        IdentityKeyPair keyPair = IdentityKeyPair.generate();
        IdentityKeyFiles.write(file, keyPair);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertRefused(Reason.CONFIGURATION, () -> IdentityKeyFiles.write(file, IdentityKeyPair.generate()))
                .hasMessageContaining(file.toString());
        assertThat(IdentityKeyFiles.read(file).seed()).isEqualTo(keyPair.seed());
    }

    @ParameterizedTest
    @CsvSource({
        "CERTIFICATE, MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC", // wrong label
        "PRIVATE KEY, MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVh!", // garbled base64
        "PRIVATE KEY, MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVg", // cut base64
        "PRIVATE KEY, MC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC", // an X25519 key
        "PRIVATE KEY, TuctvTuctvTuctvTuctv" // no PKCS#8
    })
    void namesFileAndLineOfWhatIsNoKey(String label, String base64) throws Exception {
        assertFault(file("a comment\n" + pem(label, base64)), 2);
    }

    @Test
    void namesTheLineOfASecondKey() throws Exception {
        String key = pem("PRIVATE KEY", RFC_8410);

        assertFault(file(key + "\n" + key), 5);
    }

    @Test
    void namesTheLineOfAKeyWithoutAnEnd() throws Exception {
        assertFault(file("-----BEGIN PRIVATE KEY-----\n" + RFC_8410 + "\n"), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key at all\n", "-----BEGIN PRIVATE KEY----\n" + RFC_8410 + "\n"})
    void namesTheLineOfAFileWithoutAKey(String content) throws Exception {
        assertFault(file(content), 1);
    }

    @Test
    void namesABinaryFile() throws Exception {
        assertFault(Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}), 1);
    }

    @Test
    void namesAFileThatIsMissingOrADirectory() {
        Path missing = directory.resolve("missing.pem");

        assertRefused(Reason.CONFIGURATION, () -> IdentityKeyFiles.read(missing))
                .hasMessage(missing + ": there is no such file");
        assertRefused(Reason.CONFIGURATION, () -> IdentityKeyFiles.read(directory))
                .hasMessage(directory + ": is a directory, not a file");
    }

    private static void assertFault(Path file, int line) {
        assertRefused(Reason.CONFIGURATION, () -> IdentityKeyFiles.read(file))
                .hasMessageContaining(file + ", line " + line + ": ")
                .satisfies(e -> {
                    StringWriter everything = new StringWriter();
                    e.printStackTrace(new PrintWriter(everything));
                    assertThat(everything.toString()).doesNotContain(SECRET_PART);
                });
    }

    private Path file(String content) throws Exception {
        return Files.writeString(directory.resolve("given.pem"), content);
    }

    private static String pem(String label, String base64) {
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
