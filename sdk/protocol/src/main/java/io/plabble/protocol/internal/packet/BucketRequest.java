package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a client sends after CONNECT (§3, §8): {@code TypeFlags[1] BucketId[16] Body}. */
public sealed interface BucketRequest permits CreateRequest, PutRequest, AppendRequest, RangeRequest, BodilessRequest {
    /** {@code TypeFlags[1] BucketId[16]}. */
    int HEADER_LENGTH = 1 + BucketId.LENGTH;

    PacketType type();

    BucketId bucketId();

    /** The flags other than #5, which is the protection's. */
    default int flags() {
        return 0;
    }

    /** How long {@link #body()} will be, known without making it. */
    int bodyLength();

    byte[] body();

    /** Without flag #5. */
    default byte[] header() {
        byte[] header = new byte[HEADER_LENGTH];
        header[0] = TypeFlags.of(type(), flags());
        System.arraycopy(bucketId().bytes(), 0, header, 1, BucketId.LENGTH);
        return header;
    }

    /** The bucket that a header speaks of. */
    static BucketId bucketId(byte[] header) {
        return BucketId.of(Arrays.copyOfRange(header, 1, HEADER_LENGTH));
    }

    /**
     * The type that a header claims, authenticated or not.
     *
     * @param header without flag #5
     * @throws PlabbleProtocolException with reason {@code malformed} for a type that is no request after CONNECT, and for flags that
     *     the type does not have
     */
    static PacketType type(byte[] header) {
        PacketType type = TypeFlags.type(header[0]);
        TypeFlags.flags(header[0], allowedFlags(type));
        return type;
    }

    private static int allowedFlags(PacketType type) {
        return switch (type) {
            case CREATE -> CreateRequest.FLAGS;
            case WIPE -> DeleteRequest.DELETE;
            case REQUEST -> ReadRequest.SUBSCRIBE;
            case PUT, APPEND, SUBSCRIBE, UNSUBSCRIBE -> 0;
            case CONNECT, ERROR -> throw PlabbleProtocolException.malformed("no request after CONNECT is a " + type);
        };
    }

    /**
     * Reads what has been authenticated.
     *
     * @param header without flag #5
     * @param body read to its end
     * @throws PlabbleProtocolException with reason {@code malformed}
     */
    static BucketRequest decode(byte[] header, ByteBuffer body) {
        PacketType type = type(header);
        int flags = TypeFlags.flags(header[0]);
        BucketId bucket = bucketId(header);
        return switch (type) {
            case CREATE -> CreateRequest.decode(bucket, flags, body);
            case PUT -> new PutRequest(bucket, Slots.decode(body));
            case APPEND -> new AppendRequest(bucket, Contents.decode(body));
            case WIPE -> flags == 0 ? new WipeRequest(bucket, Ranges.decode(body)) : DeleteRequest.decode(bucket, body);
            case REQUEST -> new ReadRequest(bucket, Ranges.decode(body), flags != 0);
            case SUBSCRIBE -> new SubscribeRequest(bucket, Ranges.decode(body));
            case UNSUBSCRIBE -> UnsubscribeRequest.decode(bucket, body);
            case CONNECT, ERROR -> throw new IllegalStateException("refused above");
        };
    }
}
