package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.sdk.micrometer.MicrometerInstrumentation;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Gauges over the open sessions. */
class SessionGaugesTest extends SessionFixture {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Override
    PlabbleClient client() {
        return super.client()
                .instrument(
                        MicrometerInstrumentation.of(ObservationRegistry.NOOP).withMeters(meters));
    }

    @Test
    void beforeTheFirstSessionThereAreNone() {
        PlabbleClient client = client();
        assertThat(meters.getMeters()).isEmpty();
        fails(client.serverName("other.example").connect(), PlabbleException.class, e -> {});
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void openSessionsRequestsInFlightAndTheFewestCountersLeft() {
        PlabbleSession one = connect(client());
        PlabbleSession other = connect(client()); // with an instrumentation of its own for the same registry
        assertThat(sessions()).isEqualTo(2);
        assertThat(inFlight()).isZero();
        assertThat(remaining()).isEqualTo(65_535);

        server.fault(FaultPoint.ANSWER, Fault.hold());
        Mono<?> first = started(ask(one));
        Mono<?> second = started(ask(one));
        Mono<?> third = started(ask(other));
        eventually(() -> {
            assertThat(inFlight()).isEqualTo(3);
            assertThat(remaining()).isEqualTo(65_533);
        });
        server.release();
        List.of(first, second, third).forEach(asked -> asked.block(BOUND));
        assertThat(inFlight()).isZero();

        done(one.close());
        done(one.onClose());
        assertThat(sessions()).isOne();
        assertThat(remaining()).isEqualTo(65_534);

        other.dispose();
        done(other.onClose());
        assertThat(sessions()).isZero();
        assertThat(inFlight()).isZero();
        assertThat(remaining()).isNaN();
    }

    @Test
    void eachIsMadeOnceForATransportAndAServer() {
        for (int i = 0; i < 3; i++) {
            done(client().withSession(PlabbleSession::close).then());
        }
        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .allSatisfy(id -> assertThat(id.getTags())
                        .extracting(Object::toString)
                        .containsExactly("tag(server.name=127.0.0.1)", "tag(transport=" + transport.code() + ")"))
                .extracting(Meter.Id::getName)
                .containsExactlyInAnyOrder(
                        "plabble.client.sessions",
                        "plabble.client.requests.inflight",
                        "plabble.client.counters.remaining");
        assertThat(sessions()).isZero();
    }

    @Test
    void aRequestThatTimedOutIsInFlightUntilItsAnswerHasPassed() {
        PlabbleSession session = connect(client().requestTimeout(Duration.ofMillis(50)));
        server.fault(FaultPoint.ANSWER, Fault.hold());
        fails(session.bucket(BucketId.of(new byte[16])).read(), PlabbleTimeoutException.class, late -> {});
        assertThat(inFlight()).isOne();
        server.release();
        eventually(() -> assertThat(inFlight()).isZero());
    }

    private static Mono<?> ask(PlabbleSession session) {
        return session.bucket(BucketId.of(new byte[16])).read().then().onErrorComplete(PlabbleServerException.class);
    }

    private double sessions() {
        return gauge("plabble.client.sessions").value();
    }

    private double inFlight() {
        return gauge("plabble.client.requests.inflight").value();
    }

    private double remaining() {
        return gauge("plabble.client.counters.remaining").value();
    }

    private Gauge gauge(String name) {
        return meters.get(name)
                .tags("transport", transport.code(), "server.name", server.host())
                .gauge();
    }
}
