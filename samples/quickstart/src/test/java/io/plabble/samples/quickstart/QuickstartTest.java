package io.plabble.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickstartTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void withoutArgumentsItShowsWhatAnEmbeddedServerProved() {
        assertThat(run()).isZero();
        assertThat(text(out))
                .contains("connected", "signature verified", "secret agreed")
                .contains("127.0.0.1", "intermediate.plabble.test", "root.plabble.test")
                .containsPattern("encrypted +yes")
                .contains("the same", "Closed.");
        assertThat(text(out).lines())
                .containsSubsequence(
                        "  appended              2 slots",
                        "  read back             0: \"hello\"",
                        "  read back             1: \"world\"",
                        "  second session hears  2: \"news\"",
                        "  deleted");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void withArgumentsItConnectsToARealServer() {
        TestCertificates certificates =
                TestCertificates.builder("127.0.0.1").intermediates().build();
        try (PlabbleTestServer server =
                PlabbleTestServer.builder().certificates(certificates).start()) {
            assertThat(run(server.host(), String.valueOf(server.port()), rootsOf(server)))
                    .isZero();
            assertThat(text(out)).contains(server.sessions().get(0).fingerprint(), "second session hears", "Closed.");
        }
    }

    @Test
    void aServerThatIsRefusedGivesItsReason() {
        // An intermediate may not issue for an address unless it is trusted itself (D8), and the file holds roots only.
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            assertThat(run(server.host(), String.valueOf(server.port()), rootsOf(server)))
                    .isEqualTo(1);
            assertThat(text(err)).startsWith("issuer-not-authorised: ").hasLineCount(1);
        }
    }

    private String rootsOf(PlabbleTestServer server) {
        Path roots = directory.resolve("roots.pem");
        CertificateFiles.write(roots, server.trustStore().roots());
        return roots.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "one two", "host x roots.pem", "a b c d"})
    void badArgumentsGiveOneClearLine(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(text(err)).contains("usage: quickstart").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host 0 roots.pem", "host 4242 no-such-file.pem"})
    void badValuesGiveOneClearLine(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(1);
        assertThat(text(err)).startsWith("configuration: ").hasLineCount(1);
    }

    private int run(String... arguments) {
        return Quickstart.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
