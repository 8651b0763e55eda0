package io.plabble.sdk.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plabble.sdk.Instrumentation.OpenSession;
import io.plabble.sdk.Instrumentation.Peer;
import io.plabble.sdk.micrometer.PlabbleObservation.Key;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToDoubleFunction;

/** Gauges over the open sessions: a set of them for each peer, made once. What has closed is not held. */
final class SessionGauges {
    /** A registry keeps the first gauge of a name and its tags: all that write to one must share what it looks at. */
    private static final Map<MeterRegistry, ConcurrentMap<Peer, Set<OpenSession>>> OPEN =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final MeterRegistry registry;
    private final ConcurrentMap<Peer, Set<OpenSession>> open;

    SessionGauges(MeterRegistry registry) {
        this.registry = registry;
        this.open = OPEN.computeIfAbsent(registry, known -> new ConcurrentHashMap<>());
    }

    void opened(OpenSession session) {
        open.computeIfAbsent(session.peer(), this::register).add(session);
    }

    void closed(OpenSession session) {
        Set<OpenSession> ofPeer = open.get(session.peer());
        if (ofPeer != null) {
            ofPeer.remove(session);
        }
    }

    private Set<OpenSession> register(Peer peer) {
        Set<OpenSession> sessions = ConcurrentHashMap.newKeySet();
        gauge("plabble.client.sessions", "Open sessions", peer, sessions, Set::size);
        gauge(
                "plabble.client.requests.inflight",
                "Requests of open sessions that have not been answered, cancelled and timed-out ones among them",
                peer,
                sessions,
                all -> all.stream().mapToInt(OpenSession::requestsInFlight).sum());
        gauge(
                "plabble.client.counters.remaining",
                "How many more requests the open session can carry that can carry the fewest",
                peer,
                sessions,
                all -> all.stream()
                        .mapToDouble(OpenSession::remainingRequests)
                        .min()
                        .orElse(Double.NaN));
        return sessions;
    }

    private void gauge(
            String name,
            String description,
            Peer peer,
            Set<OpenSession> sessions,
            ToDoubleFunction<Set<OpenSession>> value) {
        Gauge.builder(name, sessions, value)
                .description(description)
                .tag(Key.TRANSPORT.asString(), peer.transport())
                .tag(Key.SERVER_NAME.asString(), peer.serverName())
                .register(registry);
    }
}
