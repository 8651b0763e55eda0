package io.plabble.samples.webflux;

import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.sdk.test.PlabbleTestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The whole service, on a free port. */
final class RunningService implements AutoCloseable {
    static final Duration BOUND = Duration.ofSeconds(20);

    private static final ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>> EVENT =
            new ParameterizedTypeReference<>() {};

    private final ConfigurableApplicationContext context;

    private RunningService(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0", "--spring.main.banner-mode=off", "--spring.reactor.netty.shutdown-quiet-period=0s"));
        all.addAll(arguments);
        this.context = SpringApplication.run(NoticeBoardApplication.class, all.toArray(String[]::new));
    }

    /** With a Plabble server of its own. */
    static RunningService embedded() {
        return with(List.of());
    }

    /** With these arguments. */
    static RunningService with(List<String> arguments) {
        return new RunningService(arguments);
    }

    /** For this server, with its files in a directory. */
    static RunningService of(PlabbleTestServer server, Path directory, String... more) {
        return trusting(server.trustStore(), server, directory, more);
    }

    /** As above, but trusting these. */
    static RunningService trusting(TrustStore trust, PlabbleTestServer server, Path directory, String... more) {
        Path roots = directory.resolve("roots.pem");
        CertificateFiles.write(roots, trust.roots());
        List<String> arguments = new ArrayList<>(List.of(
                "--plabble.host=" + server.host(),
                "--plabble.port=" + server.port(),
                "--plabble.trust=" + roots,
                "--plabble.board=" + directory.resolve("board.key")));
        if (!trust.intermediates().isEmpty()) {
            Path intermediates = directory.resolve("intermediates.pem");
            CertificateFiles.write(intermediates, trust.intermediates());
            arguments.add("--plabble.intermediates=" + intermediates);
        }
        arguments.addAll(List.of(more));
        return with(arguments);
    }

    int port() {
        return context.getBean(Environment.class).getRequiredProperty("local.server.port", Integer.class);
    }

    WebTestClient http() {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port())
                .responseTimeout(BOUND)
                .filter((request, next) -> next.exchange(request).flatMap(RunningService::inMemory))
                .build();
    }

    /** So that a body that no test looks at is released all the same; streams are left as they are. */
    private static Mono<ClientResponse> inMemory(ClientResponse response) {
        if (response.headers()
                .contentType()
                .filter(MediaType.TEXT_EVENT_STREAM::isCompatibleWith)
                .isPresent()) {
            return Mono.just(response);
        }
        return response.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .map(body -> response.mutate()
                        .body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)))
                        .build());
    }

    WebTestClient.ResponseSpec post(String author, String text) {
        return post(Map.of("author", author, "text", text));
    }

    WebTestClient.ResponseSpec post(Map<String, String> note) {
        return http().post()
                .uri("/api/notes")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(note)
                .exchange();
    }

    WebTestClient.ResponseSpec readiness() {
        return http().get().uri("/actuator/health/readiness").exchange();
    }

    /** All events behind a note, {@code -1} for all. */
    Flux<ServerSentEvent<Map<String, Object>>> events(int after) {
        return Flux.defer(() -> {
                    FluxExchangeResult<ServerSentEvent<Map<String, Object>>> result = http().get()
                            .uri("/api/notes/stream")
                            .headers(headers -> {
                                if (after >= 0) {
                                    headers.set("Last-Event-ID", String.valueOf(after));
                                }
                            })
                            .accept(MediaType.TEXT_EVENT_STREAM)
                            .exchange()
                            .expectStatus()
                            .isOk()
                            .returnResult(EVENT);
                    return result.getResponseBody();
                })
                .subscribeOn(Schedulers.boundedElastic()); // the exchange blocks
    }

    /** The texts of the notes that arrive. */
    Flux<String> texts(int after) {
        return data("note", after).map(note -> (String) note.get("text"));
    }

    /** The phases of the connection to the Plabble server. */
    Flux<String> phases() {
        return data("connection", -1).map(connection -> (String) connection.get("phase"));
    }

    private Flux<Map<String, Object>> data(String event, int after) {
        return events(after).filter(item -> event.equals(item.event())).map(ServerSentEvent::data);
    }

    @Override
    public void close() {
        context.close();
    }
}
