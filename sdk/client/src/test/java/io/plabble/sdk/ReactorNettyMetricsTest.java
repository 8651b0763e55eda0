package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Reactor Netty's own metrics, switched on by its client. */
class ReactorNettyMetricsTest extends SessionFixture {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void hearWhatReactorNettyWritesTo() {
        Metrics.addRegistry(meters);
    }

    @AfterEach
    void forget() {
        Metrics.removeRegistry(meters);
        Metrics.globalRegistry.clear();
    }

    @Test
    void whatReactorNettyMeasures() {
        use(client());
        assertThat(names()).contains("reactor.netty.tcp.client.connect.time");
        assertThat(names().contains("reactor.netty.tcp.client.tls.handshake.time"))
                .isEqualTo(transport.isSecured());
        assertThat(bytes("reactor.netty.tcp.client.data.sent")).isPositive();
        // What is on the wire: with TLS its records, those of its handshake among them.
        assertThat(bytes("reactor.netty.tcp.client.data.received")).isGreaterThan(transport.isSecured() ? 1000 : 100);
    }

    @Test
    void withoutBeingSwitchedOnThereAreNone() {
        done(client().withSession(session -> Mono.empty()).then());
        assertThat(names()).noneMatch(name -> name.startsWith("reactor.netty.tcp.client"));
    }

    private static void use(PlabbleClient client) {
        done(client.tcp(tcp -> tcp.metrics(true))
                .withSession(session -> session.createBucket(ALL_PRIVATE).flatMap(bucket -> bucket.put(0, "x")))
                .then());
    }

    private double bytes(String name) {
        return meters.get(name).summary().totalAmount();
    }

    private Set<String> names() {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .map(Meter.Id::getName)
                .collect(Collectors.toSet());
    }
}
