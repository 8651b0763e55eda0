package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.protocol.crypto.IdentityKeyFiles;
import io.plabble.protocol.crypto.IdentityKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateIT {
    @TempDir
    Path directory;

    @Test
    void aChainIsMadeShownAndVerified() throws IOException {
        assertThat(root().done().out()).contains("root.example", "2027-01-01T00:00:00Z to 2037-01-01T00:00:00Z");
        assertThat(Files.getPosixFilePermissions(path("root.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(path("root.key")).content().startsWith("-----BEGIN PRIVATE KEY-----");

        Outcome intermediate = certificate("issue", "--issuer", "@root.pem", "--issuer-key", "@root.key")
                .with("--name", "ca.example", "--key-out", "@ca.key", "--intermediate", "--out", "@ca.pem")
                .with("--valid-from", "2027-01-01T00:00:00Z", "--days", "100")
                .run();
        assertThat(intermediate.status()).isZero();
        assertThat(intermediate.err()).contains("--intermediate").hasLineCount(1);

        JsonNode issued = certificate("issue", "--issuer", "@ca.pem", "--issuer-key", "@ca.key", "--json")
                .with("--name", "node.example", "--key-out", "@node.key", "--out", "@node.pem")
                .with("--valid-from", "2027-01-01T00:00:00Z", "--valid-to", "2027-02-01T00:00:00Z")
                .run()
                .done()
                .onlyJson();
        assertThat(issued.get("ok").booleanValue()).isTrue();
        assertThat(issued.get("publicKey").textValue())
                .isEqualTo(IdentityKeyFiles.read(path("node.key")).publicKey().toString());
        assertThat(CertificateFiles.read(path("node.pem")))
                .extracting(Certificate::name)
                .containsExactly("node.example", "ca.example", "root.example");

        assertThat(certificate("show", "@node.pem").run().done().out())
                .containsSubsequence("node.example", "ca.example", "root.example")
                .contains("2027-02-01T00:00:00Z");
        assertThat(certificate("show", "@node.pem", "--json").run().done().json())
                .hasSize(4)
                .endsWith(Outcome.parse("{\"ok\":true,\"certificates\":3}"));

        assertThat(verify("2027-01-15T00:00:00Z", "--intermediate", "@ca.pem")
                        .done()
                        .out())
                .isEqualTo("Valid for node.example.\n");
        verify("2027-01-15T00:00:00Z").failed("issuer-not-authorised");
        JsonNode late = verify("2027-02-01T00:00:01Z", "--intermediate", "@ca.pem", "--json")
                .onlyJson();
        assertThat(late.get("ok").booleanValue()).isFalse();
        assertThat(late.get("reason").textValue()).isEqualTo("certificate-expired");
    }

    @Test
    void aPrivateKeyIsNeverOverwritten() throws IOException {
        Files.writeString(path("root.key"), "precious");

        assertThat(root().failed("configuration").err()).contains("not overwritten");
        assertThat(path("root.key")).hasContent("precious");
        assertThat(path("root.pem")).doesNotExist();
    }

    /** In process from here on: these need no process of their own. */
    @Test
    void anExistingKeyOrAPublicKeyCanBeCertified() {
        IdentityKeyPair pair = IdentityKeyPair.generate();
        IdentityKeyFiles.write(path("node.key"), pair);
        InProcess.run(rootWords().words()).done();

        for (String[] subject : new String[][] {
            {"--key", "@node.key"}, {"--public-key", pair.publicKey().toString()}
        }) {
            InProcess.run(certificate(
                                    "issue", "--issuer", "@root.pem", "--issuer-key", "@root.key", "--out", "@node.pem")
                            .with("--name", "node.example")
                            .with(subject)
                            .words())
                    .done();
            assertThat(CertificateFiles.read(path("node.pem")).get(0).publicKey())
                    .isEqualTo(pair.publicKey());
        }
    }

    @Test
    void aNameThatCannotBeCertifiedLeavesNoFileBehind() {
        InProcess.run(rootWords().words()).done();

        InProcess.run(certificate("issue", "--issuer", "@root.pem", "--issuer-key", "@root.key", "--out", "@node.pem")
                        .with("--name", "no spaces", "--key-out", "@node.key")
                        .words())
                .failed("configuration");
        assertThat(path("node.key")).doesNotExist();
        assertThat(path("node.pem")).doesNotExist();
    }

    @Test
    void theIssuersKeyMustBeItsCertificates() {
        IdentityKeyFiles.write(path("other.key"), IdentityKeyPair.generate());
        InProcess.run(rootWords().words()).done();

        InProcess.run(certificate("issue", "--issuer", "@root.pem", "--issuer-key", "@other.key", "--out", "@node.pem")
                        .with("--name", "node.example", "--key-out", "@node.key")
                        .words())
                .failed("configuration");
    }

    private Outcome root() {
        return rootWords().run();
    }

    private Words rootWords() {
        return certificate("root", "--name", "root.example", "--key-out", "@root.key", "--out", "@root.pem")
                .with("--valid-from", "2027-01-01T00:00:00Z", "--valid-to", "2037-01-01T00:00:00Z");
    }

    private Outcome verify(String at, String... more) {
        return certificate("verify", "@node.pem", "--trust", "@root.pem", "--host", "node.example", "--at", at)
                .with(more)
                .run();
    }

    private Words certificate(String command, String... arguments) {
        return new Words(List.of("certificate", command)).with(arguments);
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    /** Arguments; those with an @ are files of the test's directory. */
    private final class Words {
        private final List<String> words;

        Words(List<String> words) {
            this.words = new ArrayList<>(words);
        }

        Words with(String... more) {
            for (String word : more) {
                words.add(word.startsWith("@") ? path(word.substring(1)).toString() : word);
            }
            return this;
        }

        String[] words() {
            return words.toArray(String[]::new);
        }

        Outcome run() {
            return Jar.run(words());
        }
    }
}
