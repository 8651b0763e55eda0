package io.plabble.sdk.test;

import static io.plabble.sdk.test.RawClient.id;
import static io.plabble.sdk.test.RawClient.putting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.crypto.SessionRandom;
import io.plabble.protocol.internal.packet.ConnectRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections end on each transport, and that the faults of ACCEPTED come before TLS and WebSocket. */
@ParameterizedClass
@EnumSource(TestTransport.class)
class EndOfConnectionTest {
    private static final byte[] TLS_HANDSHAKE = {22, 3, 1};

    private final TestTransport transport;
    private final PlabbleTestServer server;

    EndOfConnectionTest(TestTransport transport) {
        this.transport = transport;
        this.server = transport.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void acceptedThenClosed() throws IOException {
        server.fault(FaultPoint.ACCEPTED, Fault.close());
        try (Socket tcp = tcp()) {
            assertThat(tcp.getInputStream().read()).isEqualTo(-1);
        }
        connectionsWere(1);
    }

    @Test
    void acceptedThenReset() throws IOException {
        server.fault(FaultPoint.ACCEPTED, Fault.reset());
        try (Socket tcp = tcp()) {
            assertThatThrownBy(() -> tcp.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        connectionsWere(1);
    }

    @Test
    void acceptedThenSilent() throws IOException {
        server.fault(FaultPoint.ACCEPTED, Fault.silence());
        try (Socket tcp = tcp()) {
            tcp.getOutputStream().write(transport.isWebSocket() ? WebSocketClient.upgrade("/plabble") : TLS_HANDSHAKE);
            Packets.await(() -> server.openConnections() == 1);
            assertThat(tcp.getInputStream().available()).isZero();
            server.closeConnections();
            Packets.await(() -> server.openConnections() == 0);
        }
        connectionsWere(1);
    }

    @Test
    void acceptedThenAnErrorInTheClear() throws IOException {
        server.fault(FaultPoint.ACCEPTED, Fault.error(1, "no"));
        try (Socket tcp = tcp()) {
            assertThat(tcp.getInputStream().readAllBytes()).containsExactly(6, 15, 0, 0, 1, 'n', 'o');
        }
        connectionsWere(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"CONNECT_RECEIVED", "CONNECT_ANSWER", "REQUEST_RECEIVED", "ANSWER"})
    void closesAsTheTransportWantsIt(FaultPoint point) throws IOException {
        try (RawClient session = RawClient.connect(server);
                Packets fresh = Packets.connect(server)) {
            server.fault(point, Fault.close());
            request(point, session, fresh).expectEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"CONNECT_RECEIVED", "CONNECT_ANSWER", "REQUEST_RECEIVED", "ANSWER"})
    void resetsWithoutAWord(FaultPoint point) throws IOException {
        try (RawClient session = RawClient.connect(server);
                Packets fresh = Packets.connect(server)) {
            fresh.hasNothingToRead();
            server.fault(point, Fault.reset());
            request(point, session, fresh).expectReset();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"CONNECT_RECEIVED", "CONNECT_ANSWER", "REQUEST_RECEIVED", "ANSWER"})
    void isCutWithoutAWord(FaultPoint point) throws IOException {
        try (RawClient session = RawClient.connect(server);
                Packets fresh = Packets.connect(server)) {
            server.fault(point, Fault.cut());
            Packets cut = request(point, session, fresh);
            switch (transport) {
                case TCP -> cut.expectEnd();
                case TLS ->
                    assertThatThrownBy(cut::readToEnd)
                            .isInstanceOf(SSLException.class)
                            .hasMessageContaining("terminated the connection");
                case WEB_SOCKET ->
                    assertThat(((WebSocketClient) cut).isAtTheEndWithoutACloseFrame())
                            .isTrue();
                case SECURE_WEB_SOCKET ->
                    assertThatThrownBy(((WebSocketClient) cut)::isAtTheEndWithoutACloseFrame)
                            .isInstanceOf(SSLException.class)
                            .hasMessageContaining("terminated the connection");
            }
        }
    }

    @Test
    void whatIsWrittenBeforeACutArrives() throws IOException {
        try (RawClient session = RawClient.connect(server)) {
            server.fault(FaultPoint.ANSWER_SENT, Fault.cut());
            assertThat(session.code(putting(id()), null)).isEqualTo(21);
        }
    }

    /** The packets that follow are still underway when the server closes. */
    @Test
    void anErrorInConnectArrivesWhateverElseWasSent() throws IOException {
        ConnectRequest request = ConnectExchange.request(SessionKeyPair.generate(SessionRandom.seeded()), true, true);
        try (Packets client = Packets.connect(server)) {
            client.writePacket(new byte[] {5, 1});
            byte[] more = new byte[ConnectExchange.LONGEST_ANSWER];
            for (int i = 0; i < 250; i++) {
                client.writePacket(more);
            }
            byte[] error = client.readPacket();
            assertThatThrownBy(() -> ConnectExchange.response(request, error))
                    .isInstanceOfSatisfying(
                            PlabbleServerException.class,
                            refused -> assertThat(refused.code()).isEqualTo(6));
            client.expectEnd();
        }
    }

    private Socket tcp() throws IOException {
        Socket tcp = new Socket(server.host(), server.port());
        tcp.setSoTimeout((int) Packets.BOUND.toMillis());
        return tcp;
    }

    private void connectionsWere(int number) {
        Packets.await(() -> server.openConnections() == 0);
        assertThat(server.accepted()).isEqualTo(number);
    }

    /** Gets to the point with one of the two connections, which it gives. */
    private static Packets request(FaultPoint point, RawClient session, Packets fresh) throws IOException {
        if (Arrays.asList(FaultPoint.REQUEST_RECEIVED, FaultPoint.ANSWER).contains(point)) {
            session.send(putting(id()), null);
            return session.socket();
        }
        SessionKeyPair own = SessionKeyPair.generate(SessionRandom.seeded());
        fresh.writePacket(ConnectExchange.request(own, true, true).encoded());
        return fresh;
    }
}
