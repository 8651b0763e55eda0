package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.sdk.test.PlabbleTestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

/** The Java code of README.md, compiled and run; {@link ReadmeSnippetsTest} compares the two. */
class ReadmeTest {
    // readme:connect
    @Test
    void connectsToAVerifiedServer() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            PlabbleClient client =
                    PlabbleClient.create(server.host(), server.port()).trust(server.trustStore());

            Flux<Authentication> how = client.withSession(session -> Mono.just(session.authentication()));

            StepVerifier.create(how)
                    .assertNext(proof -> assertThat(proof).isInstanceOf(Authentication.ByCertificateChain.class))
                    .expectComplete()
                    .verify(Duration.ofSeconds(10));
        }
    }
    // readme:end

    // readme:client
    static PlabbleClient client() {
        return PlabbleClient.create("node.example", 4242)
                .trust(() -> TrustStore.roots(Path.of("roots.pem"))) // read at each connect
                .connectTimeout(Duration.ofSeconds(3));
    }
    // readme:end

    // readme:errors
    static Mono<PlabbleSession> connectPatiently(PlabbleClient client, Consumer<String> log) {
        return client.connect()
                .doOnError(PlabbleException.class, e -> log.accept(e.reason() + ": " + e.getMessage()))
                .retryWhen(Retry.backoff(3, Duration.ofMillis(200)).filter(e -> e instanceof PlabbleConnectException));
    }
    // readme:end

    // readme:refusal
    @Test
    void refusesAServerOfAnotherName() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            PlabbleClient client = PlabbleClient.create(server.host(), server.port())
                    .trust(server.trustStore())
                    .serverName("other.example");

            StepVerifier.create(client.connect())
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOfSatisfying(
                                    PlabbleException.class,
                                    refused -> assertThat(refused.reason()).isEqualTo(Reason.NAME_MISMATCH)))
                    .verify(Duration.ofSeconds(10));
        }
    }
    // readme:end

    @Test
    void theClientOfTheReadmeReadsItsTrustStoreOnlyWhenItConnects() {
        assertThat(client()).hasToString("PlabbleClient[node.example:4242]");
    }

    @Test
    void connectsPatiently() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            PlabbleClient client =
                    PlabbleClient.create(server.host(), server.port()).trust(server.trustStore());

            StepVerifier.create(connectPatiently(client, line -> {}).flatMap(PlabbleSession::close))
                    .expectComplete()
                    .verify(Duration.ofSeconds(10));
        }
    }
}
