package io.plabble.sdk.internal;

import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.protection.PacketProtection;
import io.plabble.testsupport.Frames;

/** What a server sends in the session of a recorded CONNECT, in the order of its counters (§6, §7). */
final class SealingServer {
    private final PacketProtection protection;
    private int counter;

    SealingServer(RecordedConnect exchange) {
        SharedSecret sessionKey = SharedSecret.of(exchange.vector().bytes("sessionKey"));
        protection = PacketProtection.of(sessionKey, exchange.settings().encrypted());
    }

    /** The next packet, with Length. */
    byte[] seal(BucketResponse response) {
        return seal(response.header(), response.body());
    }

    /** Whether or not they make sense. */
    byte[] seal(byte[] header, byte[] body) {
        return Frames.withLength(protection.seal(counter++, header, body, null));
    }
}
