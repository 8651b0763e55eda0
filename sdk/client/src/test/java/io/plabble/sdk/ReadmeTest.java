package io.plabble.sdk;

import static io.plabble.protocol.Permission.DELETABLE;
import static io.plabble.protocol.Permission.PRIVATE_APPEND;
import static io.plabble.protocol.Permission.PRIVATE_WRITE;
import static io.plabble.protocol.Permission.PUBLIC_READ;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.sdk.micrometer.MicrometerInstrumentation;
import io.plabble.sdk.test.PlabbleTestServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.netty.transport.ProxyProvider;
import reactor.util.retry.Retry;

/** The Java code of README.md, compiled and run; {@link ReadmeSnippetsTest} compares the two. */
class ReadmeTest {
    // readme:first
    @Test
    void writesAndReadsBack() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            PlabbleClient client =
                    PlabbleClient.create(server.host(), server.port()).trust(server.trustStore());

            Flux<String> notes = client.withSession(session -> session.createBucket(BucketSpec.of(PRIVATE_APPEND))
                    .flatMapMany(bucket -> bucket.append("hello", "world").thenMany(bucket.read()))
                    .map(Slot::text));

            StepVerifier.create(notes).expectNext("hello", "world").expectComplete().verify(Duration.ofSeconds(10));
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

    // readme:transports
    static PlabbleClient overTls() {
        return PlabbleClient.create("node.example", 4242)
                .secure() // the JDK's authorities; secure(spec -> …) for others
                .trust(() -> TrustStore.roots(Path.of("roots.pem")));
    }

    static PlabbleClient overWebSocket() {
        return PlabbleClient.create(URI.create("wss://node.example/plabble"))
                .trust(() -> TrustStore.roots(Path.of("roots.pem")));
    }
    // readme:end

    // readme:proxy
    static PlabbleClient throughProxy(PlabbleClient client) {
        return client.tcp(tcp -> tcp.proxy(
                proxy -> proxy.type(ProxyProvider.Proxy.HTTP).host("proxy.example").port(3128))); // or SOCKS5
    }
    // readme:end

    // readme:warmup
    static Mono<PlabbleSession> firstSession(PlabbleClient client) {
        return client.warmup().then(client.connect());
    }
    // readme:end

    // readme:observe
    static PlabbleClient observed(PlabbleClient client, ObservationRegistry observations, MeterRegistry meters) {
        return client.instrument(MicrometerInstrumentation.of(observations).withMeters(meters))
                .tcp(tcp -> tcp.metrics(true)); // Reactor Netty's own metrics as well
    }
    // readme:end

    // readme:create
    static Mono<Bucket> createNotes(PlabbleSession session, BiConsumer<BucketId, BucketKey> keep) {
        return session.createBucket(BucketSpec.of(PUBLIC_READ, PRIVATE_WRITE, PRIVATE_APPEND, DELETABLE)
                        .lifetimeDays(30))
                .doOnNext(bucket -> keep.accept(bucket.id(), bucket.key().orElseThrow()))
                .doOnError(PlabbleException.class, e -> e.candidate().ifPresent(c -> keep.accept(c.id(), c.key())));
    }
    // readme:end

    // readme:use
    static Flux<Slot> replaceFirst(PlabbleSession session, String id, String key, String note) {
        Bucket bucket = session.bucket(BucketId.ofHex(id), BucketKey.ofHex(key));
        return bucket.put(0, note)
                .then(bucket.wipe(SlotRange.from(100)))
                .thenMany(bucket.read(SlotRange.of(0, 9)));
    }
    // readme:end

    // readme:follow
    static Flux<String> notes(Bucket bucket) {
        return bucket.readAndFollow().filter(update -> !update.isEmpty()).map(SlotUpdate::text);
    }
    // readme:end

    // readme:sessions
    static PlabbleSessions sessions(PlabbleClient client) { // make it once, and close it when the service stops
        return client.sessions(SessionsSpec.DEFAULT.waitTimeout(Duration.ofSeconds(3)));
    }

    static Mono<Void> write(PlabbleSessions sessions, BucketId id, BucketKey key, String note) {
        return sessions.bucket(id, key).append(note);
    }

    static Flux<SlotUpdate> follow(PlabbleSessions sessions, BucketId id) {
        return sessions.bucket(id).readAndFollow(); // goes on on the next session
    }
    // readme:end

    // readme:gaps
    static Flux<String> log(LastingBucket bucket) {
        return bucket.readAndFollowWithGaps(SlotRange.all())
                .map(event -> event instanceof Gap gap
                        ? "nobody listened for " + gap.length() + ", " + gap.changes() + " slots are different"
                        : ((SlotUpdate) event).text());
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
    void usesABucketThatItKeptTheKeyOf() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            PlabbleClient client =
                    PlabbleClient.create(server.host(), server.port()).trust(server.trustStore());
            Map<BucketId, BucketKey> kept = new ConcurrentHashMap<>();

            StepVerifier.create(client.withSession(session -> createNotes(session, kept::put)
                            .flatMapMany(bucket -> notes(bucket)
                                    .take(2)
                                    .mergeWith(replaceFirst(
                                                    session,
                                                    bucket.id().toString(),
                                                    kept.get(bucket.id()).hex(),
                                                    "new")
                                            .thenMany(bucket.append("next"))
                                            .cast(String.class)))))
                    .expectNext("new", "next")
                    .expectComplete()
                    .verify(Duration.ofSeconds(10));
        }
    }

    @Test
    void holdsOneObjectThatGoesOnWhenTheConnectionIsLost() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            Duration bound = Duration.ofSeconds(10);
            PlabbleSessions sessions =
                    sessions(PlabbleClient.create(server.host(), server.port()).trust(server.trustStore()));
            LastingBucket bucket = sessions.createBucket(BucketSpec.of(PUBLIC_READ, PRIVATE_APPEND))
                    .block(bound);

            StepVerifier.create(follow(sessions, bucket.id()).map(SlotUpdate::text))
                    .then(() -> Awaitility.await().until(() -> server.subscriptions().size() == 1))
                    .then(server::closeConnections)
                    .then(() -> Awaitility.await().until(() -> server.subscriptions().size() == 1 && server.accepted() == 2))
                    .then(() -> write(sessions, bucket.id(), bucket.key().orElseThrow(), "after").block(bound))
                    .expectNext("after")
                    .thenCancel()
                    .verify(bound);
            StepVerifier.create(log(bucket)).expectNext("after").thenCancel().verify(bound);
            sessions.close().block(bound);
        }
    }

    @Test
    void theClientOfTheReadmeReadsItsTrustStoreOnlyWhenItConnects() {
        assertThat(client()).hasToString("PlabbleClient[node.example:4242 over tcp]");
    }

    @Test
    void theTransportsAreThoseOfTheReadme() {
        assertThat(overTls()).hasToString("PlabbleClient[node.example:4242 over tls]");
        assertThat(overWebSocket()).hasToString("PlabbleClient[node.example:443 over wss]");
        StepVerifier.create(throughProxy(client()).tcp(tcp -> tcp.resolver(new Addresses("127.0.0.1"))).connect())
                .expectErrorSatisfies(e -> assertThat(e).isInstanceOf(PlabbleException.class)) // there is no roots.pem
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void observes() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            PlabbleClient client =
                    PlabbleClient.create(server.host(), server.port()).trust(server.trustStore());

            StepVerifier.create(observed(client, observations, meters)
                            .withSession(session -> session.createBucket(BucketSpec.of())))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(Duration.ofSeconds(10));
        }
        assertThat(meters.get("plabble.client.connect").timer().count()).isEqualTo(1);
        assertThat(meters.get("plabble.client.request").tag("packet.type", "create").timer().count())
                .isEqualTo(1);
        assertThat(meters.get("plabble.client.sessions").gauge().value()).isZero();
    }

    @Test
    void warmsUpAndConnects() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            StepVerifier.create(firstSession(PlabbleClient.create(server.host(), server.port())
                                    .trust(server.trustStore()))
                            .flatMap(PlabbleSession::close))
                    .expectComplete()
                    .verify(Duration.ofSeconds(20));
        }
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
