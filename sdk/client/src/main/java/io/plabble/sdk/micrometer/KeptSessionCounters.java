package io.plabble.sdk.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.sdk.Instrumentation.Peer;
import io.plabble.sdk.micrometer.PlabbleObservation.Key;
import io.plabble.sdk.micrometer.PlabbleObservation.RequestKey;

/** Counts what becomes of kept sessions. */
final class KeptSessionCounters {
    private final MeterRegistry registry;

    KeptSessionCounters(MeterRegistry registry) {
        this.registry = registry;
    }

    void renewed(Peer peer) {
        count("plabble.client.renewals", "Sessions replaced because their counters were running out", peer);
    }

    void lost(Peer peer, PlabbleException why) {
        count(
                "plabble.client.losses",
                "Sessions that have ended otherwise",
                peer,
                Key.REASON.asString(),
                why.reason().code());
    }

    void repeated(Peer peer, PacketType type) {
        count(
                "plabble.client.repeats",
                "Requests repeated on the next session",
                peer,
                RequestKey.PACKET_TYPE.asString(),
                PlabbleObservationConvention.lowerCase(type));
    }

    void gapBridged(Peer peer) {
        count("plabble.client.gaps", "Gaps bridged for those who follow a bucket", peer);
    }

    private void count(String name, String description, Peer peer, String... tags) {
        Counter.builder(name)
                .description(description)
                .tag(Key.TRANSPORT.asString(), peer.transport())
                .tag(Key.SERVER_NAME.asString(), peer.serverName())
                .tags(tags)
                .register(registry)
                .increment();
    }
}
