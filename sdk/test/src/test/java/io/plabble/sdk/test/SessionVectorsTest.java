package io.plabble.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.VectorSource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;

/** The recorded connections of {@code session.json}: what the server sends is, byte for byte, what was recorded. */
class SessionVectorsTest {
    @ParameterizedTest
    @VectorSource(file = "session.json", list = "sessions")
    void answersARecordedConnectionByteForByte(VectorCase session) throws IOException {
        VectorCase recorded = exchangeOfTheSameServer(session);
        try (PlabbleTestServer server = PlabbleTestServer.builder()
                        .certificates(certificates(recorded))
                        .keyPairs(() -> SessionKeyPair.ofPrivateKey(recorded.bytes("serverPrivateKey")))
                        .start();
                PlainSocket socket = new PlainSocket(server)) {
            socket.write(session.bytes("requestWithLength"));
            assertSent(socket, session, "responseWithLength");
            for (VectorCase message : session.cases("messages")) {
                if (message.text("from").equals("client")) {
                    socket.write(message.bytes("packetWithLength"));
                } else {
                    assertSent(socket, message, "packetWithLength");
                }
            }
            assertThat(server.received(PacketType.REQUEST)).isEqualTo(5);
            assertThat(server.subscriptions()).isEmpty();
            String bucket = session.cases("messages").get(0).text("bucketId");
            assertThat(server.bucket(BucketId.ofHex(bucket))).isEmpty();
        }
    }

    /** In {@code connect.json} the private keys are given. */
    private static VectorCase exchangeOfTheSameServer(VectorCase session) {
        return VectorFile.named("connect.json")
                .cases("exchanges")
                .filter(exchange -> session.text("responseWithLength").contains(exchange.text("serverPublicKey")))
                .filter(exchange -> exchange.text("clientPrivateKey").equals(session.text("clientPrivateKey")))
                .findFirst()
                .orElseThrow();
    }

    private static void assertSent(PlainSocket socket, VectorCase message, String field) throws IOException {
        byte[] expected = message.bytes(field);
        assertThat(socket.read(expected.length)).as(message.toString()).isEqualTo(expected);
    }

    private static TestCertificates certificates(VectorCase exchange) {
        List<Certificate> chain =
                exchange.byteStrings("chain").stream().map(Certificate::parse).toList();
        return new TestCertificates(chain, IdentityKeyPair.ofSeed(exchange.bytes("identitySeed")), TrustStore.empty());
    }
}
