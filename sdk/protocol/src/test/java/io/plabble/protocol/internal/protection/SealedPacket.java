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
    MAC_REQUEST(false, request().header(), null),
    MAC_REQUEST_WITH_BUCKET_KEY(false, request().header(), bucketKey()),
    MAC_RESPONSE(false, response().header(), null),
    ENCRYPTED_REQUEST(true, request().header(), null),
    ENCRYPTED_REQUEST_WITH_BUCKET_KEY(true, request().header(), bucketKey()),
    ENCRYPTED_RESPONSE(true, response().header(), null);

    static final int COUNTER = 0x0102;
    static final SharedSecret SESSION_KEY =
            SharedSecret.of("the secret of both of these ends".getBytes(StandardCharsets.US_ASCII));

    final boolean encrypted;
    final @Nullable BucketKey key;
    private final byte[] header;

    SealedPacket(boolean encrypted, byte[] header, @Nullable BucketKey key) {
        this.encrypted = encrypted;
        this.header = header;
        this.key = key;
    }

    /** Without flag #5. */
    byte[] header() {
        return header.clone();
    }

    byte[] body() {
        return request().body();
    }

    byte[] sealed() {
        return protection().seal(COUNTER, header(), body(), key);
    }

    PacketProtection protection() {
        return PacketProtection.of(SESSION_KEY, encrypted);
    }

    /** The body, if the packet is authentic. */
    byte[] open(byte[] packet) {
        return open(protection(), COUNTER, packet, key);
    }

    byte[] open(PacketProtection protection, int counter, byte[] packet, @Nullable BucketKey bucketKey) {
        byte[] opened = protection.openHeader(counter, packet, header.length);
        return protection.openBody(counter, opened, packet, bucketKey);
    }

    private static PutRequest request() {
        return new PutRequest(BucketId.ofHex("000102030405060708090a0b0c0d1efc"), List.of(Slot.of(7, "content")));
    }

    private static SlotsResponse response() {
        return new SlotsResponse(8, request().slots());
    }

    private static BucketKey bucketKey() {
        return BucketKey.of("the bucket's key, kept by caller".getBytes(StandardCharsets.US_ASCII));
    }
}
