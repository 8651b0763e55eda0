package io.plabble.protocol.internal.protection;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import org.jspecify.annotations.Nullable;

/** Seals and opens whole packets, as the two ends of a session do. */
final class Packets {
    private Packets() {}

    static byte[] seal(PacketProtection protection, int counter, BucketRequest request, @Nullable BucketKey key) {
        return protection.seal(counter, request.header(), request.body(), key);
    }

    static byte[] seal(PacketProtection protection, int counter, BucketResponse response) {
        return protection.seal(counter, response.header(), response.body(), null);
    }

    static BucketRequest openRequest(PacketProtection protection, int counter, byte[] packet, @Nullable BucketKey key) {
        byte[] header = protection.openHeader(counter, packet, BucketRequest.HEADER_LENGTH);
        return BucketRequest.decode(header, protection.openBody(counter, header, packet, key));
    }

    static BucketResponse openResponse(PacketProtection protection, int counter, byte[] packet) {
        byte[] header = protection.openHeader(counter, packet, BucketResponse.HEADER_LENGTH);
        return BucketResponse.decode(header, protection.openBody(counter, header, packet, null));
    }
}
