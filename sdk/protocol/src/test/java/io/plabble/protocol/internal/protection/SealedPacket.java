package io.plabble.protocol.internal.protection;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.Slot;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.Acknowledgement;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ErrorResponse;
import io.plabble.protocol.internal.packet.PutRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.packet.UnsubscribeRequest;
import io.plabble.testsupport.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One packet of every kind that protection tells apart; the JDK encrypts what is very large. */
enum SealedPacket {
    MAC_REQUEST(false, Plain.PUT, false),
    MAC_REQUEST_WITH_BUCKET_KEY(false, Plain.PUT, true),
    MAC_EMPTY_REQUEST(false, Plain.UNSUBSCRIBE, false),
    MAC_EMPTY_REQUEST_WITH_BUCKET_KEY(false, Plain.UNSUBSCRIBE, true),
    MAC_LARGE_REQUEST_WITH_BUCKET_KEY(false, Plain.LARGE_PUT, true),
    MAC_RESPONSE(false, Plain.SLOTS, false),
    MAC_EMPTY_RESPONSE(false, Plain.DONE, false),
    MAC_LARGE_RESPONSE(false, Plain.LARGE_SLOTS, false),
    MAC_ERROR(false, Plain.ERROR, false),
    ENCRYPTED_REQUEST(true, Plain.PUT, false),
    ENCRYPTED_REQUEST_WITH_BUCKET_KEY(true, Plain.PUT, true),
    ENCRYPTED_EMPTY_REQUEST(true, Plain.UNSUBSCRIBE, false),
    ENCRYPTED_EMPTY_REQUEST_WITH_BUCKET_KEY(true, Plain.UNSUBSCRIBE, true),
    ENCRYPTED_LARGE_REQUEST_WITH_BUCKET_KEY(true, Plain.LARGE_PUT, true),
    ENCRYPTED_RESPONSE(true, Plain.SLOTS, false),
    ENCRYPTED_EMPTY_RESPONSE(true, Plain.DONE, false),
    ENCRYPTED_LARGE_RESPONSE(true, Plain.LARGE_SLOTS, false),
    ENCRYPTED_VERY_LARGE_RESPONSE(true, Plain.VERY_LARGE_SLOTS, false),
    ENCRYPTED_ERROR(true, Plain.ERROR, false);

    static final int COUNTER = 0x0102;
    static final SharedSecret SESSION_KEY =
            SharedSecret.of("the secret of both of these ends".getBytes(StandardCharsets.US_ASCII));

    private static final BucketKey BUCKET_KEY =
            BucketKey.of("the bucket's key, kept by caller".getBytes(StandardCharsets.US_ASCII));

    final boolean encrypted;
    private final Plain plain;
    private final boolean withBucketKey;

    SealedPacket(boolean encrypted, Plain plain, boolean withBucketKey) {
        this.encrypted = encrypted;
        this.plain = plain;
        this.withBucketKey = withBucketKey;
    }

    @Nullable
    BucketKey key() {
        return withBucketKey ? BUCKET_KEY : null;
    }

    /** Without flag #5. */
    byte[] header() {
        return plain.header.clone();
    }

    byte[] body() {
        return plain.body.clone();
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
        return Bytes.remaining(protection.openBody(counter, opened, packet, bucketKey));
    }

    /** What is sealed; what is large spans several blocks of the cipher. An update is what an answer with slots is. */
    private enum Plain {
        PUT(new PutRequest(Parts.BUCKET, List.of(Parts.CONTENT))),
        LARGE_PUT(new PutRequest(Parts.BUCKET, List.of(Parts.CONTENT, Parts.LARGE))),
        UNSUBSCRIBE(new UnsubscribeRequest(Parts.BUCKET)),
        SLOTS(new SlotsResponse(8, List.of(Parts.CONTENT))),
        LARGE_SLOTS(new SlotsResponse(8, List.of(Parts.CONTENT, Parts.LARGE))),
        VERY_LARGE_SLOTS(new SlotsResponse(8, List.of(Parts.VERY_LARGE))),
        DONE(new Acknowledgement(PacketType.PUT, 8)),
        ERROR(new ErrorResponse(8, 51, "slot already taken"));

        private final byte[] header;
        private final byte[] body;

        Plain(BucketRequest request) {
            header = request.header();
            body = request.body();
        }

        Plain(BucketResponse response) {
            header = response.header();
            body = response.body();
        }
    }

    /** In a class of its own, for the constants of an enumeration are made before its other fields. */
    private static final class Parts {
        static final BucketId BUCKET = BucketId.ofHex("000102030405060708090a0b0c0d1efc");
        static final Slot CONTENT = Slot.of(7, "content");
        static final Slot LARGE = Slot.of(8, "0123456789".repeat(20));
        static final Slot VERY_LARGE = Slot.of(9, "0123456789".repeat(110));
    }
}
