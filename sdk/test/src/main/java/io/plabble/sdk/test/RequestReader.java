package io.plabble.sdk.test;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.protection.PacketProtection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request of a packet, or says why it is none (§7, §8): first its type and flags (6), then whether there is such a bucket
 * (21), which comes before authentication (4), and what was authenticated last (6).
 */
final class RequestReader {
    private static final int TYPE_BITS = 0x0f;
    private static final int SUBSCRIBE_OR_DELETE = 0x20;
    private static final int RAM = 0x40;

    private final PacketProtection protection;
    private final Buckets buckets;

    RequestReader(PacketProtection protection, Buckets buckets) {
        this.protection = protection;
        this.buckets = buckets;
    }

    /**
     * Reads what can be read of a packet that nobody has vouched for yet.
     *
     * @throws PlabbleProtocolException for a packet that is too short to be one
     */
    ReceivedPacket receive(int counter, byte[] packet) {
        try {
            byte[] header = protection.openHeader(counter, packet, BucketRequest.HEADER_LENGTH);
            return new ReceivedPacket(counter, packet, Optional.of(header));
        } catch (PlabbleProtocolException e) {
            return switch (e.reason()) {
                case AUTHENTICATION_FAILED -> new ReceivedPacket(counter, packet, Optional.empty());
                default -> throw e;
            };
        }
    }

    /** The type that the packet claims. */
    static Optional<PacketType> type(ReceivedPacket received) {
        return received.header().flatMap(header -> PacketType.of(header[0] & TYPE_BITS));
    }

    /** @throws ServerRefusal with code 4, 6 or 21 */
    AuthenticRequest read(ReceivedPacket received) {
        byte[] header = received.header().orElseThrow(() -> new ServerRefusal(ErrorCode.AUTHENTICATION_FAILED));
        PacketType type = type(received).orElseThrow(() -> new ServerRefusal(ErrorCode.BAD_REQUEST));
        if ((header[0] & ~TYPE_BITS & ~flags(type)) != 0) {
            throw new ServerRefusal(ErrorCode.BAD_REQUEST);
        }
        BucketId bucket = BucketRequest.bucketId(header);
        if (type == PacketType.CREATE) { // authenticated without the key, which does not exist yet (D11)
            return authentic(received, header, null)
                    .orElseThrow(() -> new ServerRefusal(ErrorCode.AUTHENTICATION_FAILED));
        }
        BucketKey key = buckets.require(bucket).key();
        return authentic(received, header, key)
                .or(() -> authentic(received, header, null))
                .orElseThrow(() -> new ServerRefusal(ErrorCode.AUTHENTICATION_FAILED));
    }

    /** The flags that a request of this type may have, flag #5 aside. */
    private static int flags(PacketType type) {
        return switch (type) {
            case CREATE -> SUBSCRIBE_OR_DELETE | RAM;
            case WIPE, REQUEST -> SUBSCRIBE_OR_DELETE;
            case PUT, APPEND, SUBSCRIBE, UNSUBSCRIBE -> 0;
            case CONNECT, ERROR -> throw new ServerRefusal(ErrorCode.BAD_REQUEST);
        };
    }

    private Optional<AuthenticRequest> authentic(ReceivedPacket received, byte[] header, @Nullable BucketKey key) {
        byte[] body;
        try {
            body = protection.openBody(received.counter(), header, received.packet(), key);
        } catch (PlabbleProtocolException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new AuthenticRequest(BucketRequest.decode(header, body), key != null, received.counter()));
        } catch (PlabbleProtocolException e) {
            throw new ServerRefusal(ErrorCode.BAD_REQUEST);
        }
    }
}
