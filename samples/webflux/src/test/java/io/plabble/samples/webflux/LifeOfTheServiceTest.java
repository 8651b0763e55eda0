package io.plabble.samples.webflux;

import static io.plabble.samples.webflux.RunningService.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatus;
import reactor.test.StepVerifier;

/** Starting, stopping, starting again, and a server that is not the right one. */
class LifeOfTheServiceTest {
    @TempDir
    private Path directory;

    @Test
    void theBoardOutlivesTheService() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            try (RunningService service = RunningService.of(server, directory)) {
                service.post("Ada", "from the first life").expectStatus().isCreated();
            }
            try (RunningService service = RunningService.of(server, directory)) {
                StepVerifier.create(service.texts(-1))
                        .expectNext("from the first life")
                        .thenCancel()
                        .verify(BOUND);
            }
        }
    }

    @Test
    void aRepeatedPostIsKnownToTheNextLifeToo() {
        Map<String, String> note = Map.of("id", UUID.randomUUID().toString(), "author", "Ada", "text", "twice");
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            try (RunningService service = RunningService.of(server, directory)) {
                service.post(note).expectStatus().isCreated();
            }
            try (RunningService service = RunningService.of(server, directory)) {
                service.post(note).expectStatus().isOk();
            }
        }
    }

    @Test
    void twoServicesShareABoard() {
        try (PlabbleTestServer server = PlabbleTestServer.start();
                RunningService one = RunningService.of(server, directory)) {
            one.post("Ada", "from one").expectStatus().isCreated();
            try (RunningService other = RunningService.of(server, directory)) {
                StepVerifier.create(one.texts(-1))
                        .expectNext("from one")
                        .then(() -> other.post("Bob", "from the other")
                                .expectStatus()
                                .isCreated())
                        .expectNext("from the other")
                        .thenCancel()
                        .verify(BOUND);
            }
        }
    }

    @Test
    void streamsEndWhenTheServiceIsStopped() {
        RunningService service = RunningService.embedded();

        StepVerifier.create(service.texts(-1))
                .then(() -> service.post("Ada", "the last one").expectStatus().isCreated())
                .expectNext("the last one")
                .then(service::close)
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void aServerThatCannotBeVerifiedIsSaidToBeSo() throws IOException {
        TestCertificates others = TestCertificates.forHost("127.0.0.1");
        try (PlabbleTestServer server = PlabbleTestServer.start();
                RunningService service = RunningService.trusting(others.trustStore(), server, directory)) {
            service.post("Ada", "for nobody")
                    .expectStatus()
                    .isEqualTo(HttpStatus.BAD_GATEWAY)
                    .expectBody()
                    .jsonPath("$.reason")
                    .isEqualTo("untrusted-root");
            service.readiness()
                    .expectStatus()
                    .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
                    .expectBody()
                    .jsonPath("$.components.plabble.details.reason")
                    .isEqualTo("untrusted-root");
            service.http()
                    .get()
                    .uri("/api/connection")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.phase")
                    .isEqualTo("lost")
                    .jsonPath("$.failure.message")
                    .isEqualTo("The Plabble server could not be verified, or broke the protocol.")
                    .jsonPath("$.server")
                    .isEmpty();
            assertThat(server.requests()).isNotEmpty();
            assertThat(Files.exists(directory.resolve("board.key"))).isFalse();
        }
    }

    @Test
    void overTlsWithABundleOfSpringBoot() throws IOException {
        try (PlabbleTestServer server = PlabbleTestServer.builder().tls().start()) {
            Path authority = Files.writeString(directory.resolve("authority.pem"), pem(server));
            try (RunningService service = RunningService.of(
                    server,
                    directory,
                    "--plabble.tls=true",
                    "--plabble.tls-bundle=plabble",
                    "--spring.ssl.bundle.pem.plabble.truststore.certificate=" + authority)) {
                service.post("Ada", "over TLS").expectStatus().isCreated();
                service.http()
                        .get()
                        .uri("/api/connection")
                        .exchange()
                        .expectBody()
                        .jsonPath("$.server.encrypted")
                        .isEqualTo(false); // by Plabble, as TLS does it
            }
        }
    }

    @Test
    void rootsThatCannotBeReadStopTheStart() {
        Path missing = directory.resolve("missing.pem");

        assertThatThrownBy(
                        () -> RunningService.with(List.of("--plabble.host=node.example", "--plabble.trust=" + missing)))
                .rootCause()
                .hasMessageContaining(missing.toString());
    }

    private static String pem(PlabbleTestServer server) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(server.tlsCertificate().getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
