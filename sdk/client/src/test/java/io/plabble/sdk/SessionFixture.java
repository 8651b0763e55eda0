package io.plabble.sdk;

import static io.plabble.protocol.Permission.DELETABLE;
import static io.plabble.protocol.Permission.PRIVATE_APPEND;
import static io.plabble.protocol.Permission.PRIVATE_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Slot;
import io.plabble.sdk.test.PlabbleTestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * A server, and sessions with it that are closed after each test, which must leave no connection open. Each class runs over TCP,
 * TLS and WebSocket, unless it says otherwise.
 */
@ParameterizedClass
@EnumSource(names = {"TCP", "TLS", "WEB_SOCKET"})
abstract class SessionFixture {
    static final Duration BOUND = Duration.ofSeconds(20);
    /** How long {@link #patient} clients wait for an answer. */
    static final Duration DEADLINE = Duration.ofSeconds(30);

    static final BucketSpec ALL_PRIVATE = BucketSpec.of(PRIVATE_WRITE, PRIVATE_APPEND, DELETABLE);

    private static final StoppedClock CLOCK = new StoppedClock();

    /** Known before instances are made, which start their servers and sessions at once. */
    static Transport transport;

    @Parameter
    private Transport parameter;

    private final List<PlabbleSession> sessions = new ArrayList<>();
    PlabbleTestServer server = transport.start(builder());

    @BeforeParameterizedClassInvocation
    static void over(Transport chosen) {
        transport = chosen;
    }

    @AfterEach
    void everyConnectionIsClosed() {
        closeSessions();
        eventually(() -> assertThat(server.openConnections()).isZero());
        server.close();
    }

    void closeSessions() {
        sessions.forEach(PlabbleSession::dispose);
    }

    /** The server that each test begins with. */
    PlabbleTestServer.Builder builder() {
        return PlabbleTestServer.builder();
    }

    void restart(PlabbleTestServer.Builder builder) {
        server.close();
        server = transport.start(builder);
    }

    PlabbleClient client() {
        return transport.dial(server).trust(server.trustStore());
    }

    /** A client whose requests are late when {@link #deadlinePasses} says so. */
    PlabbleClient patient() {
        return client().requestTimeout(DEADLINE).tcp(tcp -> tcp.runOn(CLOCK));
    }

    static void deadlinePasses() {
        passes(DEADLINE);
    }

    /** So much time, for {@link #patient} clients. */
    static void passes(Duration time) {
        CLOCK.advance(time);
    }

    PlabbleSession connect(PlabbleClient client) {
        PlabbleSession session = client.connect().block(BOUND);
        sessions.add(session);
        return session;
    }

    PlabbleSession connect(Encryption encryption) {
        return connect(client().encryption(encryption));
    }

    static Bucket create(PlabbleSession session) {
        return create(session, ALL_PRIVATE);
    }

    static Bucket create(PlabbleSession session, BucketSpec spec) {
        return session.createBucket(spec).block(BOUND);
    }

    static void done(Mono<Void> request) {
        assertThat(signals(request)).containsExactly(Signal.complete());
    }

    /** The request, underway already; whoever subscribes later gets its outcome. */
    static <T> Mono<T> started(Mono<T> request) {
        Mono<T> shared = request.cache();
        shared.subscribe(nothing -> {}, error -> {});
        return shared;
    }

    static List<Slot> slots(Flux<Slot> read) {
        return read.collectList().block(BOUND);
    }

    /** The request fails with this type, once. */
    static <E extends PlabbleException> void fails(Publisher<?> request, Class<E> type, Consumer<E> satisfying) {
        assertThat(signals(request))
                .singleElement()
                .satisfies(signal -> assertThat(signal.getThrowable()).isInstanceOfSatisfying(type, satisfying));
    }

    /** A {@link #patient} session's request of this type goes out, and fails, once, when its deadline has passed. */
    void isLate(PacketType type, Publisher<?> request, Consumer<PlabbleTimeoutException> satisfying) {
        long sent = server.received(type);
        Flux<?> outcome = Flux.from(request).cache();
        outcome.subscribe(item -> {}, error -> {});
        eventually(() -> assertThat(server.received(type)).isEqualTo(sent + 1));
        deadlinePasses();
        fails(outcome, PlabbleTimeoutException.class, satisfying);
    }

    /** All of them, once it has ended. A StepVerifier would know them too, but while it waits it keeps a processor busy. */
    private static <T> List<Signal<T>> signals(Publisher<T> request) {
        return Flux.from(request).materialize().collectList().block(BOUND);
    }

    static void eventually(Runnable assertion) {
        Awaitility.await()
                .atMost(BOUND)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(assertion::run);
    }
}
