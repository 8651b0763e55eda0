package io.plabble.sdk.test;

import static io.plabble.sdk.test.RawClient.id;
import static io.plabble.sdk.test.RawClient.putting;
import static io.plabble.sdk.test.WebSocketClient.BINARY;
import static io.plabble.sdk.test.WebSocketClient.CLOSE;
import static io.plabble.sdk.test.WebSocketClient.CONTINUATION;
import static io.plabble.sdk.test.WebSocketClient.PING;
import static io.plabble.sdk.test.WebSocketClient.PONG;
import static io.plabble.sdk.test.WebSocketClient.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.Permission;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.crypto.SessionRandom;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.sdk.test.WebSocketClient.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames and messages (RFC 6455). That packets are the same as over TCP is tested where they are. */
@ParameterizedClass
@EnumSource(
        value = TestTransport.class,
        names = {"WEB_SOCKET", "SECURE_WEB_SOCKET"})
class WebSocketTest {
    private static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_ACCEPTABLE = 1003;
    private static final int TOO_BIG = 1009;
    private static final int MAX_PACKET_SIZE = 10_000;

    private final PlabbleTestServer server;

    WebSocketTest(TestTransport transport) {
        this.server = transport.builder().maxPacketSize(MAX_PACKET_SIZE).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/plabble/", "/plabble/x", "/Plabble", "/plabble?x", "/other"})
    void anotherPathIsNotFoundAndTheConnectionClosed(String path) throws IOException {
        try (PlainSocket socket = new PlainSocket(server)) {
            socket.write(WebSocketClient.upgrade(path));
            assertThat(WebSocketClient.readHead(socket)).startsWith("HTTP/1.1 404 ");
            socket.expectEnd();
        }
        assertThat(server.accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: ", "Upgrade: websocket", "GET "})
    void aRequestThatIsNoUpgradeIsRefused(String missing) throws IOException {
        String request = new String(WebSocketClient.upgrade("/plabble"), StandardCharsets.US_ASCII);
        try (PlainSocket socket = new PlainSocket(server)) {
            socket.write(request.replace(missing, "X" + missing).getBytes(StandardCharsets.US_ASCII));
            assertThat(WebSocketClient.readHead(socket)).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void aMessageMayComeInFragmentsWithAPingBetween() throws IOException {
        SessionKeyPair own = SessionKeyPair.generate(SessionRandom.seeded());
        ConnectRequest request = ConnectExchange.request(own, true, true);
        byte[] packet = request.encoded();
        try (WebSocketClient client = new WebSocketClient(server)) {
            client.writeFrame(false, BINARY, Arrays.copyOf(packet, 1));
            client.writeFrame(false, CONTINUATION, new byte[0]);
            client.writeFrame(true, PING, new byte[] {7});
            client.writeFrame(true, CONTINUATION, Arrays.copyOfRange(packet, 1, packet.length));
            Frame pong = client.readFrame();
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.content()).containsExactly(7);
            assertThat(ConnectExchange.response(request, client.readPacket()).certificates())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTextMessageClosesTheConnection(boolean afterConnect) throws IOException {
        try (RawClient session = RawClient.connect(server);
                WebSocketClient fresh = new WebSocketClient(server)) {
            WebSocketClient client = afterConnect ? (WebSocketClient) session.socket() : fresh;
            client.writeFrame(true, TEXT, new byte[] {'a', 'b'});
            assertThat(client.readCloseStatus()).isEqualTo(NOT_ACCEPTABLE);
        }
    }

    @Test
    void anEmptyMessageClosesTheConnection() throws IOException {
        try (WebSocketClient client = new WebSocketClient(server)) {
            client.writePacket(new byte[0]);
            assertThat(client.readCloseStatus()).isEqualTo(PROTOCOL_ERROR);
        }
    }

    @Test
    void aFrameThatIsNotMaskedClosesTheConnection() throws IOException {
        try (PlainSocket socket = new PlainSocket(server)) {
            socket.write(WebSocketClient.upgrade("/plabble"));
            WebSocketClient.readHead(socket);
            socket.write(new byte[] {(byte) 0x82, 1, 0});
            assertThat(socket.read(4)).startsWith((byte) 0x88).endsWith(PROTOCOL_ERROR >> 8, PROTOCOL_ERROR & 0xff);
        }
    }

    /** Its content is never sent. */
    @Test
    void aFrameIsTooLongAsSoonAsItSaysSo() throws IOException {
        try (WebSocketClient client = new WebSocketClient(server)) {
            client.writeHead(true, BINARY, ConnectExchange.LONGEST_ANSWER + 1);
            assertThat(client.readCloseStatus()).isEqualTo(TOO_BIG);
        }
        try (RawClient session = RawClient.connect(server)) {
            WebSocketClient client = (WebSocketClient) session.socket();
            client.writeHead(true, BINARY, MAX_PACKET_SIZE + 1);
            assertThat(client.readCloseStatus()).isEqualTo(TOO_BIG);
        }
    }

    @Test
    void fragmentsAreTooLongTogether() throws IOException {
        try (WebSocketClient client = new WebSocketClient(server)) {
            client.writeFrame(false, BINARY, new byte[ConnectExchange.LONGEST_ANSWER]);
            client.writeFrame(false, CONTINUATION, new byte[1]);
            assertThat(client.readCloseStatus()).isEqualTo(TOO_BIG);
        }
        try (RawClient session = RawClient.connect(server)) {
            WebSocketClient client = (WebSocketClient) session.socket();
            client.writeFrame(false, BINARY, new byte[MAX_PACKET_SIZE]);
            client.writeFrame(false, CONTINUATION, new byte[1]);
            assertThat(client.readCloseStatus()).isEqualTo(TOO_BIG);
        }
    }

    @Test
    void afterConnectALongMessageMayComeInFragmentsToo() throws IOException {
        try (RawClient session = RawClient.connect(server)) {
            BucketId bucket = id(Permission.values());
            BucketKey key = session.create(bucket);
            Slot slot = Slot.of(0, new byte[MAX_PACKET_SIZE - 100]);
            byte[] packet = session.sealed(
                    putting(bucket, slot).header(), putting(bucket, slot).body(), key);
            WebSocketClient client = (WebSocketClient) session.socket();
            client.writeFrame(false, BINARY, Arrays.copyOf(packet, 5000));
            client.writeFrame(true, CONTINUATION, Arrays.copyOfRange(packet, 5000, packet.length));
            session.read();
            assertThat(server.bucket(bucket).orElseThrow()).containsExactly(slot);
        }
    }

    @Test
    void aCloseFrameIsAnsweredWithOne() throws IOException {
        try (RawClient session = RawClient.connect(server)) {
            WebSocketClient client = (WebSocketClient) session.socket();
            client.writeFrame(true, CLOSE, new byte[] {NORMAL >> 8, (byte) NORMAL});
            assertThat(client.readCloseStatus()).isEqualTo(NORMAL);
        }
    }

    @Test
    void theServerClosesWithACloseFrame() throws IOException {
        try (RawClient session = RawClient.connect(server)) {
            server.closeConnections();
            assertThat(((WebSocketClient) session.socket()).readCloseStatus()).isEqualTo(NORMAL);
        }
    }

    @Test
    void segmentsAreFragmentsOfOneMessage() throws IOException {
        try (RawClient session = RawClient.connect(server)) {
            WebSocketClient client = (WebSocketClient) session.socket();
            server.fault(FaultPoint.ANSWER, Fault.segments(7));
            session.send(putting(id()), null);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            int rest = 3 + 1 + 16; // header, code and tag
            while (rest > 0) {
                Frame frame = client.readFrame();
                assertThat(frame.opcode()).isEqualTo(message.size() == 0 ? BINARY : CONTINUATION);
                assertThat(frame.content()).hasSize(Math.min(7, rest));
                rest -= frame.content().length;
                assertThat(frame.fin()).isEqualTo(rest == 0);
                message.writeBytes(frame.content());
            }
            server.clearFaults();
            session.startingAt(1, 1);
            assertThat(session.code(putting(id()), null)).isEqualTo(21);
        }
    }

    @Test
    void whatIsAppendedIsAMessageOfItsOwn() throws IOException {
        try (RawClient session = RawClient.connect(server)) {
            WebSocketClient client = (WebSocketClient) session.socket();
            server.fault(FaultPoint.ANSWER, Fault.append(new byte[0]));
            session.send(putting(id()), null);
            assertThat(session.read()).isEqualTo(RawClient.error(0, 21));
            Frame appended = client.readFrame();
            assertThat(appended.fin()).isTrue();
            assertThat(appended.opcode()).isEqualTo(BINARY);
            assertThat(appended.content()).isEmpty();
        }
    }

    @Test
    void nothingIsAnEmptyMessage() throws IOException {
        try (RawClient session = RawClient.connect(server)) {
            WebSocketClient client = (WebSocketClient) session.socket();
            server.fault(FaultPoint.ANSWER, Fault.truncate(0));
            session.send(putting(id()), null);
            Frame truncated = client.readFrame();
            assertThat(truncated.opcode()).isEqualTo(BINARY);
            assertThat(truncated.content()).isEmpty();
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"CONNECT_ANSWER", "ANSWER"})
    void anAnswerMayBeATextMessage(FaultPoint point) throws IOException {
        try (RawClient session = RawClient.connect(server);
                WebSocketClient fresh = new WebSocketClient(server)) {
            server.fault(point, Fault.text("grüezi"));
            WebSocketClient client = fresh;
            if (point == FaultPoint.ANSWER) {
                client = (WebSocketClient) session.socket();
                session.send(putting(id()), null);
            } else {
                fresh.writePacket(new byte[] {1});
            }
            Frame frame = client.readFrame();
            assertThat(frame.opcode()).isEqualTo(TEXT);
            assertThat(new String(frame.content(), StandardCharsets.UTF_8)).isEqualTo("grüezi");
        }
    }

    @Test
    void pingsItsClients() throws IOException {
        try (RawClient session = RawClient.connect(server)) {
            server.ping();
            WebSocketClient client = (WebSocketClient) session.socket();
            assertThat(client.readFrame().opcode()).isEqualTo(PING);
            client.writeFrame(true, PONG, new byte[0]);
            assertThat(session.code(putting(id()), null)).isEqualTo(21);
        }
    }

    @Test
    void onlyWebSocketHasTextMessagesAndPings() {
        PlabbleTestServer.Builder builder =
                PlabbleTestServer.builder().fault(FaultPoint.ANSWER, Fault.once(Fault.text("")));
        assertThatThrownBy(builder::start).isInstanceOf(PlabbleConfigurationException.class);
        builder.webSocket("/").start().close();
        try (PlabbleTestServer tcp = PlabbleTestServer.start()) {
            assertThatThrownBy(() -> tcp.fault(FaultPoint.ANSWER, Fault.text("")))
                    .isInstanceOf(PlabbleConfigurationException.class);
            assertThatThrownBy(tcp::ping).isInstanceOf(PlabbleConfigurationException.class);
        }
    }
}
