package io.plabble.protocol.internal.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.internal.crypto.ChaCha20;
import io.plabble.protocol.internal.crypto.ChaCha20Poly1305Aead;
import io.plabble.protocol.internal.crypto.Engines;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorSource;
import org.junit.jupiter.params.ParameterizedTest;

/** Encrypted mode (§7). */
class EncryptedVectorsTest {
    private static final String FILE = "packets-encrypted.json";
    private static final byte[] NONCE = new byte[12];

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
    void theHeaderAndTheBucketKeyOfARequestAreAssociatedData(VectorCase vector) {
        ProtectedVector packet = packet(vector);
        byte[] header = packet.request().header();

        assertThat(header).isEqualTo(vector.bytes("header"));
        assertThat(Bytes.join(header, PacketProtection.copyOrNothing(packet.bucketKey())))
                .isEqualTo(vector.bytes("aad"));
        assertParts(vector, packet.keys(), vector.integer("clientCounter"));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "responses")
    void theHeaderOfAResponseIsAssociatedData(VectorCase vector) {
        ProtectedVector packet = packet(vector);

        assertThat(packet.response().header()).isEqualTo(vector.bytes("header")).isEqualTo(vector.bytes("aad"));
        assertParts(vector, packet.keys(), vector.integer("serverCounter"));
    }

    private static void assertParts(VectorCase vector, KeySchedule keys, int counter) {
        byte[] key0 = keys.messageKey(counter, 0);
        byte[] key1 = keys.messageKey(counter, 1);
        byte[] header = vector.bytes("header");

        assertThat(key0).isEqualTo(vector.bytes("key0"));
        assertThat(key1).isEqualTo(vector.bytes("key1"));
        assertThat(new ChaCha20().apply(key0, NONCE, header, header.length)).isEqualTo(vector.bytes("encryptedHeader"));
        byte[] body = vector.bytes("body");
        byte[] sealed = new byte[body.length + ChaCha20Poly1305Aead.TAG_LENGTH];
        Engines.ofThisThread().aead().seal(key1, NONCE, new byte[][] {vector.bytes("aad")}, body, sealed, 0);
        assertThat(sealed).isEqualTo(Bytes.join(vector.bytes("encryptedBody"), vector.bytes("tag")));
    }

    private static ProtectedVector packet(VectorCase vector) {
        return new ProtectedVector(vector, true);
    }
}
