package io.plabble.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.certificate.CertificateVerifier;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.crypto.SessionRandom;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ConnectResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** CONNECT, and the server's life. */
@ParameterizedClass
@EnumSource(TestTransport.class)
class PlabbleTestServerTest {
    private final SessionKeyPair keyPair = SessionKeyPair.generate(SessionRandom.seeded());
    private final TestTransport transport;
    private PlabbleTestServer server;

    PlabbleTestServerTest(TestTransport transport) {
        this.transport = transport;
        this.server = transport.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void answersConnectAsAsked(boolean encryption, boolean certificate) throws IOException {
        ConnectRequest request = ConnectExchange.request(keyPair, encryption, certificate);

        ConnectResponse response = ConnectExchange.response(request, exchange(request.encoded()));

        if (certificate) {
            new CertificateVerifier(server.trustStore(), Duration.ZERO, CertificateVerifier.DEFAULT_MAX_CERTIFICATES)
                    .verify(response.certificates(), server.host(), Instant.now());
        }
        ConnectExchange.verifySignature(request, response, List.of(server.identityKey()));
        SharedSecret secret = ConnectExchange.agreeOnSecret(keyPair, response.serverPublicKey());
        assertThat(server.sessions()).containsExactly(new ServerSession(secret.fingerprint(), encryption));
        assertThat(server.requests()).hasSize(1).allMatch(seen -> seen.certificate() == certificate);
        assertThat(server.accepted()).isEqualTo(1);
        noConnectionIsLeft();
    }

    @Test
    void answersAnotherVersionWithError2() throws IOException {
        ConnectRequest request = new ConnectRequest(true, true, 2, keyPair.publicKey());
        assertThat(errorCode(request, request.encoded())).isEqualTo(2);
        noConnectionIsLeft();
    }

    @Test
    void answersAMalformedRequestWithError6() throws IOException {
        ConnectRequest request = ConnectExchange.request(keyPair, true, true);
        byte[] flagged = request.encoded();
        flagged[0] |= (byte) 0x80;
        assertThat(errorCode(request, flagged)).isEqualTo(6);
        assertThat(errorCode(request, new byte[] {0, 1, 2})).isEqualTo(6);
        assertThat(errorCode(request, new byte[] {5, 1})).isEqualTo(6);
    }

    @Test
    void refusesAClientKeyOfLowOrder() throws IOException {
        ConnectRequest request = new ConnectRequest(true, true, new byte[32]);
        assertThat(errorCode(request, request.encoded())).isEqualTo(6);
        assertThat(server.sessions()).isEmpty();
    }

    @Test
    void withoutCertificateOrEncryptionAnswers31And32() throws IOException {
        restart(transport.builder().withoutCertificate().withoutEncryption());
        ConnectRequest chain = ConnectExchange.request(keyPair, true, true);
        assertThat(errorCode(chain, chain.encoded())).isEqualTo(31);
        ConnectRequest encrypted = ConnectExchange.request(keyPair, true, false);
        assertThat(errorCode(encrypted, encrypted.encoded())).isEqualTo(32);
        ConnectRequest plain = ConnectExchange.request(keyPair, false, false);
        assertThat(ConnectExchange.response(plain, exchange(plain.encoded())).certificates())
                .isEmpty();
    }

    @Test
    void aSecondConnectIsARequestThatIsNotAuthenticated() throws IOException {
        byte[] request = ConnectExchange.request(keyPair, false, true).encoded();
        try (Packets socket = Packets.connect(server)) {
            socket.writePacket(request);
            socket.readPacket();
            socket.writePacket(request);
            assertThat(Arrays.copyOf(socket.readPacket(), 4))
                    .containsExactly(0x1f, 0, 0, 4); // ERROR with a MAC, Counter, code
        }
    }

    @Test
    void closingStopsListeningAndClosesConnections() throws IOException {
        int port = server.port();
        try (Packets open = Packets.connect(server)) {
            Awaitility.await().atMost(Packets.BOUND).until(() -> server.openConnections() == 1);
            server.close();
            open.expectEnd();
            assertThat(server.openConnections()).isZero();
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void makesChainsOfChosenNamesAndWindows() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        TestCertificates made = TestCertificates.builder("node.example")
                .root("root.example")
                .intermediates("one.example", "two.example")
                .valid(from, from.plusSeconds(60))
                .build();
        assertThat(made.chain())
                .extracting(certificate -> certificate.name())
                .containsExactly("node.example", "two.example", "one.example", "root.example");
        assertThat(made.chain().get(0).validTo().toInstant()).isEqualTo(from.plusSeconds(60));
        new CertificateVerifier(made.trustStore(), Duration.ZERO, CertificateVerifier.DEFAULT_MAX_CERTIFICATES)
                .verify(made.chain(), "node.example", from);
    }

    private int errorCode(ConnectRequest request, byte[] packet) throws IOException {
        byte[] answer = exchange(packet);
        try {
            ConnectExchange.response(request, answer);
        } catch (PlabbleServerException e) {
            return e.code();
        }
        throw new AssertionError("no ERROR was answered");
    }

    private byte[] exchange(byte[] packet) throws IOException {
        try (Packets socket = Packets.connect(server)) {
            socket.writePacket(packet);
            return socket.readPacket();
        }
    }

    private void restart(PlabbleTestServer.Builder builder) {
        server.close();
        server = builder.start();
    }

    private void noConnectionIsLeft() {
        Awaitility.await().atMost(Packets.BOUND).until(() -> server.openConnections() == 0);
    }
}
