package io.plabble.samples.webflux;

import static io.plabble.samples.webflux.RunningService.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Every endpoint, with the embedded Plabble server; the tests share one board. */
class NoticeBoardTest {
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.embedded();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aNoteIsPostedAndFoundWhereTheAnswerSays() {
        String location = post("posted and found");

        service.http()
                .get()
                .uri(location)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.number")
                .isEqualTo(number(location))
                .jsonPath("$.author")
                .isEqualTo("Ada")
                .jsonPath("$.text")
                .isEqualTo("posted and found")
                .jsonPath("$.id")
                .value(matchesPattern("[0-9a-f-]{36}"))
                .jsonPath("$.postedAt")
                .value(matchesPattern("20\\d\\d-.*Z"));
    }

    @Test
    void aRepeatedPostIsTheSameNote() {
        Map<String, String> note = Map.of("id", UUID.randomUUID().toString(), "author", "Ada", "text", "posted twice");

        String first = service.post(note)
                .expectStatus()
                .isCreated()
                .returnResult()
                .getResponseHeaders()
                .getFirst(HttpHeaders.LOCATION);
        String second = service.post(note)
                .expectStatus()
                .isOk()
                .returnResult()
                .getResponseHeaders()
                .getFirst(HttpHeaders.LOCATION);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void anotherNoteWithTheSameIdIsAConflict() {
        String id = UUID.randomUUID().toString();
        service.post(Map.of("id", id, "author", "Ada", "text", "first words"))
                .expectStatus()
                .isCreated();

        problem(service.post(Map.of("id", id, "author", "Ada", "text", "other words")), HttpStatus.CONFLICT);
    }

    @Test
    void whatCannotBeAnsweredAsAskedForIsNotDone() {
        service.http()
                .post()
                .uri("/api/notes")
                .contentType(MediaType.APPLICATION_JSON)
                .accept(MediaType.APPLICATION_XML)
                .bodyValue(Map.of("author", "Ada", "text", "not done"))
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.NOT_ACCEPTABLE);

        assertThat(texts("?limit=1000")).doesNotContain("not done");
    }

    @Test
    void notesAreReadPageByPage() {
        int before = number(post("before the page"));
        IntStream.range(0, 5).forEach(i -> post("page " + i));

        assertThat(texts("?after=" + before + "&limit=3")).containsExactly("page 0", "page 1", "page 2");
        assertThat(texts("?after=" + (before + 3) + "&limit=2")).containsExactly("page 3", "page 4");
        assertThat(texts("?after=4095")).isEmpty();
        assertThat(texts("?after=65535")).isEmpty();
    }

    @Test
    void theStreamTellsWhatIsThereAndThenWhatArrives() {
        int before = number(post("before the stream"));
        post("already there");

        StepVerifier.create(service.texts(before))
                .expectNext("already there")
                .then(() -> post("just arrived"))
                .expectNext("just arrived")
                .thenCancel()
                .verify(BOUND);
    }

    @Test
    void theStreamBeginsBehindAnyNote() {
        int first = number(post("one"));
        post("two");

        StepVerifier.create(service.http()
                        .get()
                        .uri("/api/notes/stream?after=" + first)
                        .exchange()
                        .returnResult(String.class)
                        .getResponseBody()
                        .filter(data -> data.contains("\"text\"")))
                .expectNextMatches(data -> data.contains("two"))
                .thenCancel()
                .verify(BOUND);
    }

    @Test
    void everyBrowserHearsEveryNoteOnceAndInTheSameOrder() {
        int before = number(post("before the crowd"));
        Flux<List<String>> browsers = Flux.range(0, 5)
                .flatMap(browser -> service.texts(before).take(40).collectList());
        Flux<String> writers = Flux.range(0, 40)
                .flatMap(i -> Mono.fromCallable(() -> post("crowd " + i)).subscribeOn(Schedulers.boundedElastic()));

        StepVerifier.create(browsers.mergeWith(writers.thenMany(Flux.empty())).collectList())
                .assertNext(heard -> {
                    assertThat(heard).hasSize(5).allMatch(heard.get(0)::equals);
                    assertThat(heard.get(0)).doesNotHaveDuplicates();
                })
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void theConnectionIsToldWithWhoWasVerified() {
        post("so that there is a session");

        service.http()
                .get()
                .uri("/api/connection")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.phase")
                .isEqualTo("connected")
                .jsonPath("$.server.verifiedBy")
                .isEqualTo("certificate chain")
                .jsonPath("$.server.names[0]")
                .isEqualTo("127.0.0.1")
                .jsonPath("$.server.fingerprint")
                .value(matchesPattern("[0-9a-f]{64}"))
                .jsonPath("$.server.encrypted")
                .isEqualTo(true)
                .jsonPath("$.server.address")
                .value(matchesPattern("127\\.0\\.0\\.1:\\d+"));
    }

    @Test
    void healthAsksForASessionAndIsUp() {
        // The first probes may be answered before the first connect of a JVM is done.
        StepVerifier.create(Mono.fromCallable(
                                () -> service.readiness().returnResult().getStatus())
                        .subscribeOn(Schedulers.boundedElastic())
                        .repeat()
                        .filter(HttpStatus.OK::equals)
                        .next())
                .expectNextCount(1)
                .expectComplete()
                .verify(BOUND);

        service.readiness()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("UP")
                .jsonPath("$.components.plabble.status")
                .isEqualTo("UP")
                .jsonPath("$.components.plabble.details.phase")
                .isEqualTo("connected")
                .jsonPath("$.components.plabble.details.losses")
                .isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plabble.client.connect",
                "plabble.client.request",
                "plabble.client.sessions",
                "plabble.client.counters.remaining"
            })
    void theMetricsOfTheSdkAreToBeHad(String metric) {
        post("so that something is measured");

        service.http()
                .get()
                .uri("/actuator/metrics/" + metric)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo(metric)
                .jsonPath("$.measurements[0].value")
                .exists();
    }

    @ParameterizedTest
    @CsvSource({"/,text/html", "/board.css,text/css", "/board.js,javascript"})
    void thePageIsServedAndRunsNothingButItsOwnScript(String path, String type) {
        service.http()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .value(HttpHeaders.CONTENT_TYPE, value -> assertThat(value).contains(type))
                .expectHeader()
                .value("Content-Security-Policy", value -> assertThat(value).startsWith("default-src 'self';"))
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff");
    }

    @Test
    void eachFieldThatIsNotRightIsNamed() {
        problem(service.post(" ", "x".repeat(501)), HttpStatus.BAD_REQUEST)
                .jsonPath("$.detail")
                .isEqualTo("Some fields are not right.")
                .jsonPath("$.errors[*].field")
                .value(containsInAnyOrder("author", "text"));
    }

    @Test
    void theLongestNoteIsTaken() {
        service.post("ä".repeat(50), "\u0001".repeat(500)).expectStatus().isCreated();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"text\"",
                "{\"author\":\"Ada\"}",
                "{\"author\":\"Ada\",\"text\":null}",
                "{\"id\":\"17\",\"author\":\"Ada\",\"text\":\"not a UUID\"}"
            })
    void aBodyThatIsNoNoteIsABadRequest(String body) {
        problem(post(MediaType.APPLICATION_JSON, body), HttpStatus.BAD_REQUEST);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() {
        String large = "{\"author\":\"Ada\",\"text\":\"" + "x".repeat(100_000) + "\"}";

        problem(post(MediaType.APPLICATION_JSON, large), HttpStatus.CONTENT_TOO_LARGE);
    }

    @Test
    void anotherMediaTypeIsRefused() {
        problem(post(MediaType.TEXT_PLAIN, "a note"), HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/notes/4095,404",
        "/api/notes/65535,404",
        "/api/notes/-1,400",
        "/api/notes/65536,400",
        "/api/notes/first,400",
        "/api/notes?after=-2,400",
        "/api/notes?after=x,400",
        "/api/notes?limit=0,400",
        "/api/notes?limit=1001,400",
        "/api/nothing,404"
    })
    void whatCannotBeIsAProblem(String path, int status) {
        problem(service.http().get().uri(path).exchange(), HttpStatus.valueOf(status));
    }

    @Test
    void aParameterThatIsNotRightIsNamed() {
        problem(service.http().get().uri("/api/notes?after=-2&limit=0").exchange(), HttpStatus.BAD_REQUEST)
                .jsonPath("$.errors[*].field")
                .value(containsInAnyOrder("after", "limit"))
                .jsonPath("$.errors[*].message")
                .value(hasItem("must be 1 to 1000"));
    }

    @Test
    void theStreamSaysWhetherTheBoardIsEmptyAndIsNotToBeKept() {
        post("so that it is not empty");

        StepVerifier.create(service.events(-1)
                        .filter(event -> "board".equals(event.event()))
                        .map(event -> event.data().get("empty")))
                .expectNext(false)
                .thenCancel()
                .verify(BOUND);
        Flux<String> stream = service.http()
                .get()
                .uri("/api/notes/stream")
                .exchange()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache")
                .expectHeader()
                .valueEquals("X-Accel-Buffering", "no")
                .returnResult(String.class)
                .getResponseBody();
        StepVerifier.create(stream).expectNextCount(1).thenCancel().verify(BOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "65536"})
    void aLastEventThatCannotBeIsAProblem(String last) {
        problem(
                service.http()
                        .get()
                        .uri("/api/notes/stream")
                        .header("Last-Event-ID", last)
                        .exchange(),
                HttpStatus.BAD_REQUEST);
    }

    @Test
    void anotherMethodIsRefused() {
        problem(service.http().delete().uri("/api/notes/0").exchange(), HttpStatus.METHOD_NOT_ALLOWED);
    }

    private static WebTestClient.ResponseSpec post(MediaType type, String body) {
        return service.http()
                .post()
                .uri("/api/notes")
                .contentType(type)
                .bodyValue(body)
                .exchange();
    }

    private static WebTestClient.BodyContentSpec problem(WebTestClient.ResponseSpec response, HttpStatus status) {
        return response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status.value())
                .jsonPath("$.title")
                .isEqualTo(status.getReasonPhrase());
    }

    private static String post(String text) {
        return service.post("Ada", text)
                .expectStatus()
                .isCreated()
                .returnResult()
                .getResponseHeaders()
                .getFirst(HttpHeaders.LOCATION);
    }

    private static int number(String location) {
        return Integer.parseInt(location.substring(location.lastIndexOf('/') + 1));
    }

    private static List<String> texts(String query) {
        return service
                .http()
                .get()
                .uri("/api/notes" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBodyList(Map.class)
                .returnResult()
                .getResponseBody()
                .stream()
                .map(note -> (String) note.get("text"))
                .toList();
    }
}
