package io.plabble.protocol.internal.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.internal.crypto.Poly1305Mac;
import io.plabble.protocol.internal.crypto.Sha256;
import io.plabble.protocol.internal.packet.TypeFlags;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorSource;
import org.junit.jupiter.params.ParameterizedTest;

/** MAC mode (§7). */
class MacVectorsTest {
    private static final String FILE = "packets-mac.json";

    @ParameterizedTest
    @VectorSource(file = FILE, list = "requests")
    void everyRequestIsSealed(VectorCase vector) {
        ProtectedVector packet = packet(vector);

        packet.assertIsSealed(packet.request());
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "requests")
    void everyRequestIsOpened(VectorCase vector) {
        ProtectedVector packet = packet(vector);

        packet.assertIsOpenedAs(packet.request());
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "responses")
    void everyResponseIsSealed(VectorCase vector) {
        ProtectedVector packet = packet(vector);

        packet.assertIsSealed(packet.response());
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "responses")
    void everyResponseIsOpened(VectorCase vector) {
        ProtectedVector packet = packet(vector);

        packet.assertIsOpenedAs(packet.response());
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "invalidResponses")
    void noOtherResponseIsTaken(VectorCase vector) {
        packet(vector).assertIsRefused();
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "requests")
    void theMacOfARequestIsOverItsHeaderTheHashOfItsBodyAndTheBucketKey(VectorCase vector) {
        ProtectedVector packet = packet(vector);
        byte[] header = flagged(packet.request().header());
        byte[] hash = Sha256.digest(packet.request().body());

        assertThat(header).isEqualTo(vector.bytes("header"));
        assertThat(Bytes.join(Bytes.join(header, hash), PacketProtection.copyOrNothing(packet.bucketKey())))
                .isEqualTo(vector.bytes("authenticated"));
        assertMac(vector, packet.keys().messageKey(vector.integer("clientCounter"), 0));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "responses")
    void theMacOfAResponseIsOverItsHeaderAndTheHashOfItsBody(VectorCase vector) {
        ProtectedVector packet = packet(vector);
        byte[] header = flagged(packet.response().header());
        byte[] hash = Sha256.digest(packet.response().body());

        assertThat(header).isEqualTo(vector.bytes("header"));
        assertThat(Bytes.join(header, hash)).isEqualTo(vector.bytes("authenticated"));
        assertMac(vector, packet.keys().messageKey(vector.integer("serverCounter"), 0));
    }

    private static void assertMac(VectorCase vector, byte[] key) {
        assertThat(key).isEqualTo(vector.bytes("key0"));
        assertThat(new Poly1305Mac().mac(key, vector.bytes("authenticated"))).isEqualTo(vector.bytes("mac"));
    }

    private static byte[] flagged(byte[] header) {
        header[0] |= TypeFlags.MAC;
        return header;
    }

    private static ProtectedVector packet(VectorCase vector) {
        return new ProtectedVector(vector, false);
    }
}
