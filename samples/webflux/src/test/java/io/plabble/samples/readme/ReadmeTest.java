package io.plabble.samples.readme;

import static io.plabble.protocol.Permission.PRIVATE_APPEND;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.LastingBucket;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSessions;
import io.plabble.sdk.SlotUpdate;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The code of the README on WebFlux, compiled and run; a test of the client compares the two. Here, where the notice board does not look for beans. */
class ReadmeTest {
    @BeforeAll
    static void leaveOutTheConfigurationOfTheNoticeBoard() {
        System.setProperty("spring.config.name", "readme");
    }

    @AfterAll
    static void takeItBack() {
        System.clearProperty("spring.config.name");
    }

    // readme:webflux-test
    @Test
    void aNoteIsHeard(@TempDir Path directory) {
        TestCertificates certificates = TestCertificates.builder("127.0.0.1").intermediates().build();
        try (PlabbleTestServer server = PlabbleTestServer.builder().certificates(certificates).start()) {
            Path roots = directory.resolve("roots.pem");
            CertificateFiles.write(roots, List.of(certificates.root()));
            Bucket bucket = PlabbleClient.create(server.host(), server.port()).trust(TrustStore.roots(roots))
                    .withSession(session -> session.createBucket(BucketSpec.of(PRIVATE_APPEND)))
                    .blockLast();

            try (ConfigurableApplicationContext service = SpringApplication.run(NotesService.class,
                    "--server.port=0",
                    "--plabble.host=" + server.host(),
                    "--plabble.port=" + server.port(),
                    "--plabble.trust=" + roots,
                    "--notes.id=" + bucket.id().hex(),
                    "--notes.key=" + bucket.key().orElseThrow().hex())) {
                WebTestClient http = WebTestClient.bindToServer()
                        .baseUrl("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port"))
                        .build();

                post(http, "hello");
                StepVerifier.create(http.get().uri("/notes").exchange().returnResult(String.class).getResponseBody())
                        .expectNext("hello")
                        .then(server::closeConnections) // or server.fault(FaultPoint.ANSWER, Fault.silence())
                        .then(() -> post(http, "still here"))
                        .expectNext("still here")
                        .thenCancel()
                        .verify(Duration.ofSeconds(10));
            }
        }
    }
    // readme:end

    private static void post(WebTestClient http, String note) {
        http.post().uri("/notes").bodyValue(note).exchange().expectStatus().isOk();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({PlabbleBeans.class, Notes.class})
    static class NotesService {}
}

// readme:webflux-beans
@Configuration(proxyBeanMethods = false)
class PlabbleBeans {
    @Bean
    PlabbleClient plabbleClient(
            @Value("${plabble.host}") String host,
            @Value("${plabble.port}") int port,
            @Value("${plabble.trust}") Path roots) {
        return PlabbleClient.create(host, port).trust(() -> TrustStore.roots(roots));
    }

    @Bean(destroyMethod = "close") // Spring subscribes to it
    PlabbleSessions plabbleSessions(PlabbleClient client) {
        return client.sessions();
    }
}
// readme:end

// readme:webflux-handler
@RestController
class Notes {
    private final LastingBucket notes;

    Notes(PlabbleSessions plabble, @Value("${notes.id}") String id, @Value("${notes.key}") String key) {
        this.notes = plabble.bucket(BucketId.ofHex(id), BucketKey.ofHex(key));
    }

    @PostMapping("/notes")
    Mono<Void> post(@RequestBody String note) {
        return notes.append(note);
    }

    @GetMapping(path = "/notes", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> follow() {
        return notes.readAndFollow().map(SlotUpdate::text);
    }

    @ExceptionHandler
    ProblemDetail plabble(PlabbleException e) {
        ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.BAD_GATEWAY);
        problem.setProperty("reason", e.reason().code()); // the message names hosts: it is for the log
        return problem;
    }
}
// readme:end
