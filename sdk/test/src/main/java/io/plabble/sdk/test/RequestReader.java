package io.plabble.sdk.test;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.TypeFlags;
import io.plabble.protocol.internal.protection.PacketProtection;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request of a packet, or says why it is none (§7, §8): first its type and flags (6), then whether there is such a bucket
 * (21), which comes before authentication (4), and what was authenticated last (6).
 */
final class RequestReader {
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
        return received.header().flatMap(header -> TypeFlags.claimedType(header[0]));
    }

    /** @throws ServerRefusal with code 4, 6 or 21 */
    AuthenticRequest read(ReceivedPacket received) {
        byte[] header = received.header().orElseThrow(() -> new ServerRefusal(ErrorCode.AUTHENTICATION_FAILED));
        PacketType type = wellFormed(() -> BucketRequest.type(header));
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

    private Optional<AuthenticRequest> authentic(ReceivedPacket received, byte[] header, @Nullable BucketKey key) {
        ByteBuffer body;
        try {
            body = protection.openBody(received.counter(), header, received.packet(), key);
        } catch (PlabbleProtocolException e) {
            return Optional.empty();
        }
        BucketRequest request = wellFormed(() -> BucketRequest.decode(header, body));
        return Optional.of(new AuthenticRequest(request, key != null, received.counter()));
    }

    private static <T> T wellFormed(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (PlabbleProtocolException e) {
            throw new ServerRefusal(ErrorCode.BAD_REQUEST);
        }
    }
}
