package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.sdk.micrometer.MicrometerInstrumentation;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What kept sessions tell an instrumentation, and Micrometer. */
class KeptSessionsObservedTest extends SessionsFixture {
    private static final int FIRST_COUNTER = 65_000;

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    PlabbleTestServer.Builder builder() {
        return super.builder().firstCounters(FIRST_COUNTER, FIRST_COUNTER);
    }

    @Override
    PlabbleClient client() {
        return super.client().origins(origins -> origins.withFirstCounters(FIRST_COUNTER, FIRST_COUNTER));
    }

    private PlabbleSessions sessions(Instrumentation instrumentation) {
        return sessions(client().instrument(instrumentation), QUICK.renewAt(500 / 65_535.0));
    }

    /** A renewal, then a loss in which a read is repeated, with somebody who follows all the time. */
    private void live(PlabbleSessions sessions, LastingBucket bucket) {
        follow(bucket.updates());
        eventually(() -> assertThat(server.subscriptions()).hasSize(1));
        eventually(() -> {
            settle(bucket);
            assertThat(sessions.health().renewals()).isOne();
        });
        eventually(() -> assertThat(sessions.health().gaps()).isOne());
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.close()));
        slots(bucket.read());
        eventually(() -> assertThat(sessions.health().gaps()).isEqualTo(2));
    }

    @Test
    void anInstrumentationHearsOfRenewalsLossesRepeatsAndGaps() {
        PlabbleSessions sessions = sessions(new Instrumentation() {
            @Override
            public void renewed(Peer peer) {
                heard.add("renewed " + peer.transport());
            }

            @Override
            public void lost(Peer peer, PlabbleException why) {
                heard.add("lost " + why.reason().code());
            }

            @Override
            public void repeated(Peer peer, PacketType type, PlabbleException why) {
                heard.add("repeated " + type);
            }

            @Override
            public void gapBridged(Peer peer, Gap gap) {
                heard.add("gap " + gap.loss().isPresent());
            }
        });

        live(sessions, create(sessions));

        assertThat(heard)
                .contains(
                        "renewed " + transport.code(),
                        "gap false",
                        "lost connection-closed",
                        "repeated REQUEST",
                        "gap true");
    }

    @Test
    void anInstrumentationThatThrowsHarmsNobody() {
        PlabbleSessions sessions = sessions(new Instrumentation() {
            @Override
            public void renewed(Peer peer) {
                throw new IllegalStateException("of the application's own");
            }

            @Override
            public void lost(Peer peer, PlabbleException why) {
                throw new IllegalStateException("of the application's own");
            }

            @Override
            public void repeated(Peer peer, PacketType type, PlabbleException why) {
                throw new IllegalStateException("of the application's own");
            }

            @Override
            public void gapBridged(Peer peer, Gap gap) {
                throw new IllegalStateException("of the application's own");
            }
        });

        live(sessions, create(sessions));
    }

    @Test
    void aLineForEachAndNoKeyInAny() {
        try (LogRecorder recorder = new LogRecorder()) {
            PlabbleSessions sessions = sessions(new Instrumentation() {});
            LastingBucket bucket = create(sessions);
            live(sessions, bucket);
            goDown();
            eventually(() -> assertThat(sessions.health().failedAttempts()).isPositive());
            comeBack();
            settle(bucket);
            done(sessions.close());

            String where = "127.0.0.1:" + relay.port() + " over " + transport.code() + ": ";
            List<String> lines = recorder.events.stream()
                    .filter(event -> event.getLoggerName().equals("io.plabble.sdk.sessions"))
                    .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                    .toList();
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("INFO " + where + "connected, PlabbleSession["))
                    .anyMatch(line -> line.startsWith("INFO " + where + "renewed, PlabbleSession["))
                    .anyMatch(line -> line.startsWith("WARN " + where + "session lost: "))
                    .anyMatch(line -> line.startsWith("WARN " + where + "attempt to connect failed, others follow: "))
                    .anyMatch(line -> line.startsWith("DEBUG " + where + "REQUEST is repeated: "))
                    .anyMatch(line -> line.startsWith("DEBUG " + where + "a gap of PT"))
                    .contains("INFO " + where + "closed");
            String key = bucket.key().orElseThrow().hex();
            assertThat(recorder.events)
                    .noneMatch(event -> event.getFormattedMessage().contains(key));
        }
    }

    @Test
    void micrometerCountsThem() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        PlabbleSessions sessions =
                sessions(MicrometerInstrumentation.of(ObservationRegistry.NOOP).withMeters(meters));

        live(sessions, create(sessions));

        assertThat(meters.get("plabble.client.renewals").counter().count()).isOne();
        assertThat(meters.get("plabble.client.losses")
                        .tag("reason", "connection-closed")
                        .counter()
                        .count())
                .isOne();
        assertThat(meters.get("plabble.client.repeats")
                        .tag("packet.type", "request")
                        .counters())
                .isNotEmpty();
        assertThat(meters.get("plabble.client.gaps").counter().count()).isEqualTo(2);
        Set<String> tags = meters.get("plabble.client.gaps").counter().getId().getTags().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.toSet());
        assertThat(tags).containsExactlyInAnyOrder("transport=" + transport.code(), "server.name=127.0.0.1");
    }
}
