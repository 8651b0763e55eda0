package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.protocol.crypto.IdentityKeyFiles;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server in a process of its own, and other processes as its clients. */
class ServeIT {
    @TempDir
    Path directory;

    @Test
    void servesUntilItIsTerminated() {
        try (Jar serve = Jar.start("serve", "--port", "0", "--write-trust", file("root.pem"))) {
            Jar.await().until(() -> serve.outSoFar().endsWith("\n"));
            assertThat(serve.outSoFar()).matches("Listening at 127\\.0\\.0\\.1:\\d+, for tests and demos: .*\n");
            String at = serve.outSoFar().replaceAll("(?s).* at ([0-9.:]+),.*", "$1");

            Jar.run("connect", at, "--trust", file("root.pem")).done();
            serve.terminate().outcome().done();
        }
    }

    @Test
    void servesOverTlsAndWebSocketWithCertificatesFromFiles() {
        TestCertificates certificates =
                TestCertificates.builder("node.example").intermediates().build();
        CertificateFiles.write(directory.resolve("node.pem"), certificates.chain());
        CertificateFiles.write(directory.resolve("root.pem"), List.of(certificates.root()));
        IdentityKeyFiles.write(directory.resolve("node.key"), certificates.identity());

        try (Jar serve = Jar.start(
                "serve",
                "--json",
                "--port",
                "0",
                "--certificate",
                file("node.pem"),
                "--key",
                file("node.key"),
                "--tls",
                "--write-tls-ca",
                file("tls.pem"),
                "--websocket",
                "/plabble")) {
            Jar.await().until(() -> serve.outSoFar().endsWith("\n"));
            JsonNode listening = Outcome.parse(serve.outSoFar());
            assertThat(listening.fieldNames())
                    .toIterable()
                    .containsExactly("listening", "host", "port", "tls", "websocket", "identityKey");
            String at = listening.get("host").textValue() + ":"
                    + listening.get("port").intValue();
            String pin = listening.get("identityKey").textValue();
            assertThat(pin).isEqualTo(certificates.identity().publicKey().toString());

            JsonNode connected = Jar.run(
                            "connect",
                            at,
                            "--pin",
                            pin,
                            "--tls-ca",
                            file("tls.pem"),
                            "--websocket",
                            "/plabble",
                            "--json")
                    .done()
                    .onlyJson();
            assertThat(connected.get("encrypted").booleanValue()).isFalse(); // TLS does it
            Jar.run("connect", at, "--pin", pin, "--tls", "--websocket", "/plabble")
                    .failed("tls-failed");

            assertThat(serve.terminate().outcome().status()).isZero();
        }
    }

    @Test
    void clientsSpeakEveryTransport() {
        // The other three of the four, in process: each process costs a second.
        for (String[] how : new String[][] {{"--tls"}, {"--websocket", "/x"}, {}}) {
            PlabbleTestServer.Builder builder = PlabbleTestServer.builder();
            List<String> options = List.of(how);
            try (PlabbleTestServer server = (options.contains("--tls")
                            ? builder.tls()
                            : options.contains("--websocket") ? builder.webSocket("/x") : builder)
                    .start()) {
                if (options.contains("--tls")) {
                    TlsAuthorityFile.write(directory.resolve("tls.pem"), server.tlsCertificate());
                    options = List.of("--tls-ca", file("tls.pem"));
                }
                List<String> words = new ArrayList<>(List.of(
                        "connect",
                        "127.0.0.1:" + server.port(),
                        "--pin",
                        server.identityKey().toString()));
                words.addAll(options);
                InProcess.run(words.toArray(String[]::new)).done();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsTold() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            Jar.run("serve", "--port", String.valueOf(server.port())).failed("configuration");
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
