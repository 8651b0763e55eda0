package io.plabble.protocol.internal.protection;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.Slot;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.PutRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One packet of every kind that protection tells apart. */
enum SealedPacket {
    MAC_REQUEST(false, true, false),
    MAC_REQUEST_WITH_BUCKET_KEY(false, true, true),
    MAC_RESPONSE(false, false, false),
    ENCRYPTED_REQUEST(true, true, false),
    ENCRYPTED_REQUEST_WITH_BUCKET_KEY(true, true, true),
    ENCRYPTED_RESPONSE(true, false, false);

    static final int COUNTER = 0x0102;
    static final SharedSecret SESSION_KEY =
            SharedSecret.of("the secret of both of these ends".getBytes(StandardCharsets.US_ASCII));

    private static final BucketKey BUCKET_KEY =
            BucketKey.of("the bucket's key, kept by caller".getBytes(StandardCharsets.US_ASCII));
    private static final PutRequest REQUEST =
            new PutRequest(BucketId.ofHex("000102030405060708090a0b0c0d1efc"), List.of(Slot.of(7, "content")));
    private static final SlotsResponse RESPONSE = new SlotsResponse(8, REQUEST.slots());

    final boolean encrypted;
    private final boolean request;
    private final boolean withBucketKey;

    SealedPacket(boolean encrypted, boolean request, boolean withBucketKey) {
        this.encrypted = encrypted;
        this.request = request;
        this.withBucketKey = withBucketKey;
    }

    @Nullable BucketKey key() {
        return withBucketKey ? BUCKET_KEY : null;
    }

    /** Without flag #5. */
    byte[] header() {
        return request ? REQUEST.header() : RESPONSE.header();
    }

    byte[] body() {
        return request ? REQUEST.body() : RESPONSE.body();
    }

    byte[] sealed() {
        return protection().seal(COUNTER, header(), body(), key());
    }

    PacketProtection protection() {
        return PacketProtection.of(SESSION_KEY, encrypted);
    }

    /** The body, if the packet is authentic. */
    byte[] open(byte[] packet) {
        return open(protection(), COUNTER, packet, key());
    }

    byte[] open(PacketProtection protection, int counter, byte[] packet, @Nullable BucketKey bucketKey) {
        byte[] opened = protection.openHeader(counter, packet, header().length);
        return protection.openBody(counter, opened, packet, bucketKey);
    }
}
