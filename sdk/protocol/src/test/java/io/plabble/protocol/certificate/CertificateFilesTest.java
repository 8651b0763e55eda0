package io.plabble.protocol.certificate;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.IdentityKeyPair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFilesTest {
    private static final String LABEL = "PLABBLE CERTIFICATE";
    private static final CertificateAuthority ROOT = CertificateAuthority.root(
            IdentityKeyPair.generate(), "root.example", PlabbleTimestamp.MIN, PlabbleTimestamp.MAX);
    private static final Certificate SERVER = ROOT.issue(
            IdentityKeyPair.generate().publicKey(), "server.example", PlabbleTimestamp.MIN, PlabbleTimestamp.MAX);

    @TempDir
    Path directory;

    @Test
    void readsWhatItWroteAndReplacesWhatWasThere() throws Exception {
        Path file = file("something else");
        List<Certificate> chain = List.of(SERVER, ROOT.certificate());

        CertificateFiles.write(file, chain);

        assertThat(CertificateFiles.read(file)).isEqualTo(chain);
        assertThat(file).content().startsWith("-----BEGIN PLABBLE CERTIFICATE-----");
    }

    @Test
    void ignoresTextOutsideTheBlocksAndForeignLineEnds() throws Exception {
        Path file =
                file(("the server\n" + pem(LABEL, SERVER) + "\nthe root\n" + pem(LABEL, ROOT.certificate()) + "the end")
                        .replace("\n", "\r\n"));

        assertThat(CertificateFiles.read(file)).containsExactly(SERVER, ROOT.certificate());
    }

    @Test
    void namesAFileThatDoesNotExist() {
        Path file = directory.resolve("missing.pem");

        assertRefused(Reason.CONFIGURATION, () -> CertificateFiles.read(file))
                .hasMessage(file + ": there is no such file");
    }

    @Test
    void namesADirectory() {
        assertRefused(Reason.CONFIGURATION, () -> CertificateFiles.read(directory))
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "no certificate at all\n"})
    void namesAFileWithoutBlocks(String content) throws Exception {
        assertFault(file(content), 1, "no PEM block \"PLABBLE CERTIFICATE\"");
    }

    @Test
    void namesABinaryFile() throws Exception {
        Path file = Files.write(directory.resolve("binary"), ROOT.certificate().encoded());

        assertRefused(Reason.CONFIGURATION, () -> CertificateFiles.read(file)).hasMessageContaining(file + ", line ");
    }

    @Test
    void namesTheLineOfAnotherLabel() throws Exception {
        assertFault(file(pem(LABEL, ROOT.certificate()) + pem("CERTIFICATE", SERVER)), 4, "\"CERTIFICATE\"");
    }

    @Test
    void namesTheLineOfGarbledBase64() throws Exception {
        assertFault(file("\n" + pem(LABEL, ROOT.certificate()).replaceFirst("[A-Za-z]{3}\n", "?!.\n")), 2, "garbled");
    }

    @Test
    void namesTheLineOfABlockWithoutAnEnd() throws Exception {
        assertFault(file(pem(LABEL, SERVER) + pem(LABEL, SERVER).replaceFirst("-----END.*", "")), 4, "END");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-----BEGIN PLABBLE CERTIFICATE----", "-----BEGIN PLABBLE CERTIFICATE", "-----BEGIN -----"})
    void namesTheLineOfABlockThatDoesNotBeginProperly(String begin) throws Exception {
        String second = pem(LABEL, SERVER).replaceFirst("-----BEGIN.*-----", begin);

        assertFault(file(pem(LABEL, ROOT.certificate()) + second), 4, "");
    }

    @Test
    void namesTheLineOfACertificateThatIsMalformed() throws Exception {
        byte[] cut = Arrays.copyOf(SERVER.encoded(), 100);

        assertFault(file(pem(LABEL, ROOT.certificate()) + pem(LABEL, cut)), 4, "certificate: Length");
    }

    @Test
    void namesAFileThatCannotBeWritten() {
        assertRefused(Reason.CONFIGURATION, () -> CertificateFiles.write(directory, List.of(SERVER)))
                .hasMessageContaining(directory.toString());
    }

    private static void assertFault(Path file, int line, String what) {
        assertRefused(Reason.CONFIGURATION, () -> CertificateFiles.read(file))
                .hasMessageStartingWith(file + ", line " + line + ": ")
                .hasMessageContaining(what);
    }

    private Path file(String content) throws Exception {
        return Files.writeString(directory.resolve("given.pem"), content);
    }

    private static String pem(String label, Certificate certificate) {
        return pem(label, certificate.encoded());
    }

    /** Three lines. */
    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }
}
