package io.plabble.protocol.internal.packet;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.testsupport.VectorCase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The requests and responses of the vectors, each made of the case's fields. */
public final class VectorPackets {
    private static final int FLAG_6 = 0x20;
    private static final int FLAG_7 = 0x40;

    private VectorPackets() {}

    /**
     * The request of a case.
     *
     * @param typeField the field that holds the type's name
     */
    public static BucketRequest request(VectorCase vector, String typeField) {
        BucketId bucket = BucketId.of(vector.bytes("bucketId"));
        byte[] body = vector.bytes("body");
        boolean flag6 = vector.hasFlag(FLAG_6);
        return switch (PacketType.valueOf(vector.text(typeField))) {
            case CREATE ->
                new CreateRequest(
                        bucket,
                        vector.hasFlag(FLAG_7),
                        flag6 ? Optional.of(Ranges.decode(ByteBuffer.wrap(body))) : Optional.empty());
            case PUT -> new PutRequest(bucket, Slots.decode(ByteBuffer.wrap(body)));
            case APPEND -> new AppendRequest(bucket, Contents.decode(ByteBuffer.wrap(body)));
            case WIPE ->
                flag6 ? new DeleteRequest(bucket) : new WipeRequest(bucket, Ranges.decode(ByteBuffer.wrap(body)));
            case REQUEST -> new ReadRequest(bucket, Ranges.decode(ByteBuffer.wrap(body)), flag6);
            case SUBSCRIBE -> new SubscribeRequest(bucket, Ranges.decode(ByteBuffer.wrap(body)));
            case UNSUBSCRIBE -> new UnsubscribeRequest(bucket);
            case CONNECT, ERROR -> throw new AssertionError(vector + " is no request after CONNECT");
        };
    }

    /**
     * The response of a case.
     *
     * @param typeField the field that holds the type's name
     */
    public static BucketResponse response(VectorCase vector, String typeField) {
        int requestCounter = vector.integer("requestCounter");
        byte[] body = vector.bytes("body");
        PacketType type = PacketType.valueOf(vector.text(typeField));
        return switch (type) {
            case REQUEST -> new SlotsResponse(requestCounter, Slots.decode(ByteBuffer.wrap(body)));
            case ERROR ->
                new ErrorResponse(
                        requestCounter,
                        Byte.toUnsignedInt(body[0]),
                        new String(body, 1, body.length - 1, StandardCharsets.UTF_8));
            default -> new Acknowledgement(type, requestCounter);
        };
    }
}
