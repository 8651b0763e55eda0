package io.plabble.sdk.micrometer;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.plabble.protocol.PacketType;
import io.plabble.sdk.Instrumentation.Peer;

/**
 * One connect or request that is observed. A tracer makes a client's span of it; the protocol has no headers, so that nothing of the
 * trace reaches the server. It holds no bucket's id, no key and no content; but {@link #getError()} is what the subscriber gets, and
 * its message names the bucket.
 */
public final class PlabbleObservationContext extends SenderContext<Object> {
    private final Peer peer;
    private final PacketType type;
    private volatile String outcome = "unknown";

    PlabbleObservationContext(Peer peer, PacketType type) {
        super((carrier, key, value) -> {}, Kind.CLIENT);
        this.peer = peer;
        this.type = type;
        setCarrier(this); // propagators want one
        setRemoteServiceName(peer.serverName());
    }

    public Peer peer() {
        return peer;
    }

    /** CONNECT, or the request's. */
    public PacketType packetType() {
        return type;
    }

    /** {@code success}, {@code error} or {@code cancelled}; {@code unknown} until it is over. */
    public String outcome() {
        return outcome;
    }

    void end(String how) {
        outcome = how;
    }
}
