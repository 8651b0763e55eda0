package io.plabble.protocol.internal.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.VectorPackets;
import io.plabble.testsupport.Frames;
import io.plabble.testsupport.VectorCase;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A protected packet of the vectors, and what holds for it in either mode. */
final class ProtectedVector {
    private final VectorCase vector;
    private final PacketProtection protection;

    ProtectedVector(VectorCase vector, boolean encrypted) {
        this.vector = vector;
        this.protection = PacketProtection.of(SharedSecret.of(vector.bytes("sessionKey")), encrypted);
    }

    KeySchedule keys() {
        return protection.keys;
    }

    BucketRequest request() {
        return VectorPackets.request(vector, "typeName");
    }

    BucketResponse response() {
        return VectorPackets.response(vector, "typeName");
    }

    @Nullable
    BucketKey bucketKey() {
        return vector.optionalBytes("bucketKey").map(BucketKey::of).orElse(null);
    }

    void assertIsSealed(BucketRequest request) {
        byte[] packet = Packets.seal(protection, vector.integer("clientCounter"), request, bucketKey());

        assertThat(Frames.withLength(packet)).isEqualTo(packetWithLength());
        assertThat(request.bodyLength()).isEqualTo(request.body().length);
    }

    void assertIsSealed(BucketResponse response) {
        byte[] packet = Packets.seal(protection, vector.integer("serverCounter"), response);

        assertThat(Frames.withLength(packet)).isEqualTo(packetWithLength());
    }

    void assertIsOpenedAs(BucketRequest request) {
        byte[] packet = Frames.packet(packetWithLength());

        assertThat(Packets.openRequest(protection, vector.integer("clientCounter"), packet, bucketKey()))
                .isEqualTo(request);
    }

    void assertIsOpenedAs(BucketResponse response) {
        assertThat(openResponse()).isEqualTo(response);
    }

    /** With the case's reason or one of its alternatives. No case needs to know which requests are open. */
    void assertIsRefused() {
        PlabbleProtocolException refusal = catchThrowableOfType(PlabbleProtocolException.class, this::openResponse);

        List<String> reasons = Stream.concat(Stream.of(vector.text("reason")), vector.texts("alternatives").stream())
                .toList();
        assertThat(refusal).isNotNull();
        assertThat(reasons).contains(refusal.reason().code());
    }

    private BucketResponse openResponse() {
        return Packets.openResponse(protection, vector.integer("serverCounter"), Frames.packet(packetWithLength()));
    }

    private byte[] packetWithLength() {
        return vector.bytes("packetWithLength");
    }
}
