package io.plabble.samples.webflux;

import static io.plabble.samples.webflux.RunningService.BOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.Slot;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What the service does while its Plabble server is away, refuses or breaks off; the tests share one board. */
class OutagesTest {
    @TempDir
    private static Path directory;

    private static PlabbleTestServer server;
    private static RunningService service;

    @BeforeAll
    static void start() {
        server = PlabbleTestServer.start();
        service = RunningService.of(
                server,
                directory,
                "--plabble.wait-timeout=2s",
                "--plabble.request-timeout=1s",
                "--plabble.longest-pause=100ms");
        postUntilItIsThere("the first connect is slow");
    }

    @AfterAll
    static void stop() {
        service.close();
        server.close();
    }

    @BeforeEach
    void theBoardIsFollowed() {
        post("at the beginning");
    }

    @AfterEach
    void theServerIsBack() {
        server.clearFaults();
        StepVerifier.create(service.phases().filter("connected"::equals))
                .expectNext("connected")
                .thenCancel()
                .verify(BOUND);
    }

    @Test
    void thePageIsToldThatTheConnectionIsLostAndFoundAgain() {
        Flux<String> lossAndRecovery = service.phases()
                .filter(phase -> phase.equals("connected") || phase.equals("lost"))
                .distinctUntilChanged();

        StepVerifier.create(lossAndRecovery)
                .expectNext("connected")
                .then(OutagesTest::goAway)
                .expectNext("lost")
                .then(server::clearFaults)
                .expectNext("connected")
                .thenCancel()
                .verify(BOUND);
    }

    @Test
    void anOutageIsOneHoweverManyAttemptsAreMade() {
        Flux<Object> since = service.events(-1)
                .filter(event -> "connection".equals(event.event()))
                .map(event -> event.data())
                .filter(connection -> !"connected".equals(connection.get("phase")))
                .map(connection -> connection.get("since"));

        StepVerifier.create(since.take(6).distinct().doOnSubscribe(listening -> goAway()))
                .expectNextCount(1)
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void thoseWhoPostInOneServiceAreNotInEachOthersWay() {
        long before = server.received(PacketType.PUT);
        Flux<Integer> posts = Flux.range(0, 100)
                .flatMap(
                        i -> Mono.fromCallable(() -> post("polite " + i)).subscribeOn(Schedulers.boundedElastic()), 20);

        StepVerifier.create(posts.distinct().count())
                .expectNext(100L)
                .expectComplete()
                .verify(BOUND);
        assertThat(server.received(PacketType.PUT) - before).isEqualTo(100);
    }

    @Test
    void whatOthersPostMeanwhileArrivesOnce() {
        OtherWriter other = new OtherWriter(server, directory);
        int before = post("before the outage");

        StepVerifier.create(service.texts(before - 1))
                .expectNext("before the outage")
                .then(OutagesTest::goAwayForTheServiceOnly)
                .then(() -> other.append(List.of("first", "second")).block(BOUND))
                .then(server::clearFaults)
                .expectNext("first", "second")
                .then(() -> post("after it"))
                .expectNext("after it")
                .thenCancel()
                .verify(BOUND);
        other.close();
    }

    @ParameterizedTest
    @CsvSource({"REQUEST_RECEIVED", "ANSWER", "ANSWER_SENT"})
    void aNoteWhoseRequestBreaksOffIsOnTheBoardOnce(FaultPoint point) {
        server.fault(point, Fault.once(Fault.close()));

        int number = post("broken off at " + point);

        assertThat(all()).containsOnlyOnce("broken off at " + point);
        assertThat(all().get(number)).isEqualTo("broken off at " + point);
    }

    @Test
    void noNoteIsLostOrDoubledWhileTheConnectionBreaksAgainAndAgain() {
        int before = post("before the storm");
        Random random = new Random(7);
        int notes = 60;
        Flux<Integer> writers = Flux.range(0, notes)
                .flatMap(
                        i -> Mono.fromCallable(() -> postUntilItIsThere("storm " + i))
                                .subscribeOn(Schedulers.boundedElastic()),
                        6)
                .doOnNext(number -> {
                    if (random.nextInt(4) == 0) {
                        server.closeConnections();
                    }
                });

        StepVerifier.create(Mono.zip(service.texts(before).take(notes).collectList(), writers.collectList()))
                .assertNext(heard -> {
                    assertThat(heard.getT1()).doesNotHaveDuplicates().allMatch(text -> text.startsWith("storm "));
                    assertThat(all().subList(before + 1, before + 1 + notes)).isEqualTo(heard.getT1());
                    assertThat(heard.getT2()).doesNotHaveDuplicates();
                })
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void whileTheServerIsAwayTheAnswerIsToTryAgainSoon() {
        goAway();

        service.post("Ada", "in vain")
                .expectStatus()
                .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "2")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("timeout")
                .jsonPath("$.detail")
                .isEqualTo("There is no connection to the Plabble server.");
        service.http().get().uri("/api/notes").exchange().expectStatus().isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);

        service.readiness()
                .expectStatus()
                .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
                .expectBody()
                .jsonPath("$.components.plabble.status")
                .isEqualTo("DOWN");
        service.http()
                .get()
                .uri("/actuator/health/liveness")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void nobodyStandsInAQueueBehindAnOutage() {
        goAway();
        Flux<Integer> answers = Flux.range(0, 20)
                .flatMap(i -> Mono.fromCallable(() -> service.post("Ada", "in vain")
                                .returnResult()
                                .getStatus()
                                .value())
                        .subscribeOn(Schedulers.boundedElastic()));

        // One after the other, they would wait for a session for twice as long as this.
        StepVerifier.create(answers.distinct()).expectNext(503).expectComplete().verify(BOUND);
    }

    @Test
    void aServerThatDoesNotAnswerIsATimeoutOfTheGateway() {
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.silence()));

        service.http()
                .get()
                .uri("/api/notes")
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.GATEWAY_TIMEOUT)
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("timeout");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(1, HttpStatus.SERVICE_UNAVAILABLE, "The Plabble server has a fault of its own."),
                Arguments.of(3, HttpStatus.BAD_GATEWAY, "The Plabble server refused: permission denied."),
                Arguments.of(5, HttpStatus.CONTENT_TOO_LARGE, "The Plabble server does not take anything that large."),
                Arguments.of(21, HttpStatus.BAD_GATEWAY, "The Plabble server refused: bucket does not exist."),
                Arguments.of(61, HttpStatus.INSUFFICIENT_STORAGE, "The board is full."),
                Arguments.of(200, HttpStatus.BAD_GATEWAY, "The Plabble server refused: code 200."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatTheServerRefusesHasAFittingStatusAndHidesItsWords(int code, HttpStatus status, String detail) {
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(code, "a secret of the server's")));

        service.post("Ada", "refused")
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("error-response")
                .jsonPath("$.detail")
                .isEqualTo(detail);
        assertThat(all()).doesNotContain("refused");
    }

    private static void goAway() {
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.close());
        server.closeConnections();
    }

    /** Its session ends with its next request; those of others go on. */
    private static void goAwayForTheServiceOnly() {
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.close());
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.close()));
        service.http().get().uri("/api/notes").exchange().expectStatus().isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    }

    private static int post(String text) {
        return number(service.post("Ada", text)
                .expectStatus()
                .isCreated()
                .returnResult()
                .getResponseHeaders()
                .getLocation()
                .toString());
    }

    /** As the page does: with the same id, until it is told that the note is there. */
    private static int postUntilItIsThere(String text) {
        var note = Map.of("id", UUID.randomUUID().toString(), "author", "Ada", "text", text);
        while (true) {
            var result = service.post(note).returnResult();
            if (result.getStatus().is2xxSuccessful()) {
                return number(result.getResponseHeaders().getLocation().toString());
            }
            assertThat(result.getStatus().value()).isIn(503, 504);
        }
    }

    private static int number(String location) {
        return Integer.parseInt(location.substring(location.lastIndexOf('/') + 1));
    }

    /** The texts on the board, by its server. */
    private static List<String> all() {
        return server.bucket(OtherWriter.bucketId(directory)).orElseThrow().stream()
                .map(Slot::text)
                .map(json -> json.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1"))
                .toList();
    }
}
