package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a client sends after CONNECT (§3, §8): {@code TypeFlags[1] BucketId[16] Body}. */
public sealed interface BucketRequest
permits CreateRequest, PutRequest, AppendRequest, RangeRequest, BodilessRequest {
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
        return ByteBuffer.allocate(HEADER_LENGTH)
                .put(TypeFlags.of(type(), flags()))
                .put(bucketId().bytes())
                .array();
    }

    /** The bucket that a header speaks of. */
    static BucketId bucketId(byte[] header) {
        return BucketId.of(Arrays.copyOfRange(header, 1, HEADER_LENGTH));
    }

    /**
     * Reads what has been authenticated.
     *
     * @param header without flag #5
     * @throws PlabbleProtocolException with reason {@code malformed}
     */
    static BucketRequest decode(byte[] header, byte[] body) {
        PacketType type = TypeFlags.type(header[0]);
        BucketId bucket = bucketId(header);
        return switch (type) {
            case CREATE -> CreateRequest.decode(bucket, flags(header, CreateRequest.FLAGS), body);
            case PUT -> {
                flags(header, 0);
                yield new PutRequest(bucket, Slots.decode(body));
            }
            case APPEND -> {
                flags(header, 0);
                yield new AppendRequest(bucket, Contents.decode(body));
            }
            case WIPE -> flags(header, DeleteRequest.DELETE) == 0
                    ? new WipeRequest(bucket, Ranges.decode(body))
                    : DeleteRequest.decode(bucket, body);
            case REQUEST -> new ReadRequest(
                    bucket, Ranges.decode(body), flags(header, ReadRequest.SUBSCRIBE) != 0);
            case SUBSCRIBE -> {
                flags(header, 0);
                yield new SubscribeRequest(bucket, Ranges.decode(body));
            }
            case UNSUBSCRIBE -> {
                flags(header, 0);
                yield UnsubscribeRequest.decode(bucket, body);
            }
            case CONNECT, ERROR -> throw PlabbleProtocolException.malformed("no request after CONNECT is a " + type);
        };
    }

    private static int flags(byte[] header, int allowed) {
        return TypeFlags.flags(header[0], allowed);
    }
}
