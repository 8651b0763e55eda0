package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelOption;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What is WebSocket's own (RFC 6455): the upgrade, frames, fragments, control frames, and the end. */
class WebSocketTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final int FINAL_BINARY = WebSocketPeer.FINAL | WebSocketPeer.BINARY;

    private final RecordedHandshake handshake = RecordedHandshake.any();
    private final CountDownLatch tested = new CountDownLatch(1);

    private interface Script {
        void play(WebSocketPeer client) throws IOException;
    }

    // ── the upgrade ─────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void theUpgradeAsksForThePathAndTheHostAndForNothingElse() throws Exception {
        AtomicReference<List<String>> head = new AtomicReference<>();
        try (ScriptedServer server = server(client -> head.set(client.upgrade()))) {
            refused(dial(server, "/a/b?c=d%20e"), Reason.CONNECTION_CLOSED);
            server.awaitEnd();
            assertThat(head.get().get(0)).isEqualTo("GET /a/b?c=d%20e HTTP/1.1");
            assertThat(WebSocketPeer.header(head.get(), "host")).containsExactly("127.0.0.1:" + server.port());
            assertThat(WebSocketPeer.header(head.get(), "sec-websocket-version"))
                    .containsExactly("13");
            assertThat(WebSocketPeer.header(head.get(), "origin")).isEmpty();
            assertThat(WebSocketPeer.header(head.get(), "sec-websocket-extensions"))
                    .isEmpty();
            assertThat(WebSocketPeer.header(head.get(), "sec-websocket-protocol"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({", /", "?a=b%2Bc%26d, /?a=b%2Bc%26d", "/ü?ö, /%C3%BC?%C3%B6"})
    void withoutAPathTheRootIsAskedForAndWhatIsEscapedStaysSo(@Nullable String asked, String sent) throws Exception {
        AtomicReference<List<String>> head = new AtomicReference<>();
        try (ScriptedServer server = server(client -> head.set(client.upgrade()))) {
            refused(dial(server, asked == null ? "" : asked), Reason.CONNECTION_CLOSED);
            server.awaitEnd();
            assertThat(head.get().get(0)).isEqualTo("GET " + sent + " HTTP/1.1");
        }
    }

    @Test
    void anInterimAnswerIsNotTheAnswer() throws Exception {
        try (ScriptedServer server = server(client -> {
            List<String> request = client.request();
            client.answer("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
            client.agree(request);
            assertThat(client.receive(WebSocketPeer.BINARY)).isEqualTo(handshake.request());
            client.send(FINAL_BINARY, handshake.response());
        })) {
            connected(server).dispose();
            server.awaitEnd();
        }
    }

    /** A page of a refusal may be long, or have no end that is announced. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nffff\r\n", "\r\n"})
    void theBodyOfARefusalIsNotWaitedFor(String rest) throws Exception {
        try (ScriptedServer server = server(client -> {
            client.request();
            client.answer("HTTP/1.1 404 Not Found\r\n" + rest + "x".repeat(20_000));
            awaitTest();
        })) {
            StepVerifier.create(dial(server, "/").connect())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    PlabbleConnectException.class,
                                    refusal -> assertThat(refusal.reason()).isEqualTo(Reason.CONNECTION_FAILED))
                            .hasMessageContaining("404"))
                    .verify(BOUND);
            tested.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 301 Moved Permanently\r\nLocation: ws://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 503 no\u001b[31m way\r\nContent-Length: 0\r\n\r\n",
                "SSH-2.0-OpenSSH_9.9\r\n\r\n"
            })
    void aServerThatDoesNotAgreeIsOneTypedError(String answer) throws Exception {
        try (ScriptedServer server = server(client -> {
            client.request();
            client.answer(answer);
        })) {
            StepVerifier.create(dial(server, "/").connect())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(PlabbleConnectException.class, refusal -> {
                                assertThat(refusal.reason()).isEqualTo(Reason.CONNECTION_FAILED);
                                assertThat(refusal)
                                        .hasMessageContaining("did not agree to speak WebSocket")
                                        .hasMessageNotContaining("\u001b");
                            }))
                    .verify(BOUND);
            server.awaitEnd();
        }
    }

    @Test
    void aHeadWithoutEndIsNotReadForEver() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.request();
            client.answer("HTTP/1.1 101 Switching Protocols\r\nX: " + "x".repeat(100_000));
        })) {
            refused(dial(server, "/"), Reason.CONNECTION_FAILED);
        }
    }

    @Test
    void aPathThatTheServerDoesNotHave() {
        try (PlabbleTestServer server =
                PlabbleTestServer.builder().webSocket("/plabble").start()) {
            StepVerifier.create(PlabbleClient.create(URI.create("ws://127.0.0.1:" + server.port() + "/other"))
                            .trust(server.trustStore())
                            .connect())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(PlabbleConnectException.class)
                            .hasMessageContaining("404"))
                    .verify(BOUND);
        }
    }

    @Test
    void theDeadlineHoldsForTheUpgrade() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.request();
            awaitTest();
        })) {
            StepVerifier.create(dial(server, "/")
                            .connectTimeout(Duration.ofMillis(500))
                            .connect())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(PlabbleConnectException.class)
                            .hasMessageContaining("waiting for the WebSocket upgrade"))
                    .verify(BOUND);
            tested.countDown();
        }
    }

    // ── messages ────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void aRequestIsOneMaskedBinaryMessageWithoutLength() throws Exception {
        try (ScriptedServer server = answering(client -> client.send(FINAL_BINARY, handshake.response()))) {
            PlabbleSession session = connected(server);
            session.dispose();
            server.awaitEnd();
        }
    }

    @Test
    void fragmentsWithAPingInBetweenAreOnePacket() throws Exception {
        byte[] answer = handshake.response();
        try (ScriptedServer server = answering(client -> {
            client.send(WebSocketPeer.BINARY, Arrays.copyOf(answer, 10));
            client.send(WebSocketPeer.FINAL | WebSocketPeer.PING, (byte) 'a', (byte) 'b');
            assertThat(client.receive(WebSocketPeer.PONG)).isEqualTo(new byte[] {'a', 'b'});
            client.send(WebSocketPeer.CONTINUATION);
            client.send(
                    WebSocketPeer.FINAL | WebSocketPeer.CONTINUATION, Arrays.copyOfRange(answer, 10, answer.length));
        })) {
            connected(server).dispose();
            server.awaitEnd();
        }
    }

    @Test
    void controlFramesRightBehindTheAnswerAreNoPackets() throws Exception {
        try (ScriptedServer server = answering(client -> {
            byte[] answer = WebSocketPeer.frame(FINAL_BINARY, handshake.response().length, handshake.response());
            byte[] ping = WebSocketPeer.frame(WebSocketPeer.FINAL | WebSocketPeer.PING, 1, (byte) 'p');
            byte[] both = Arrays.copyOf(answer, answer.length + ping.length);
            System.arraycopy(ping, 0, both, answer.length, ping.length);
            client.sendRaw(both);
            client.send(WebSocketPeer.FINAL | WebSocketPeer.PONG);
            assertThat(client.receive(WebSocketPeer.PONG)).isEqualTo(new byte[] {'p'});
        })) {
            PlabbleSession session = connected(server);
            server.awaitEnd();
            session.dispose();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {WebSocketPeer.TEXT, WebSocketPeer.BINARY})
    void textAndAnEmptyMessageAreMalformed(int opcode) throws Exception {
        byte[] payload = opcode == WebSocketPeer.TEXT ? "hello".getBytes(StandardCharsets.UTF_8) : new byte[0];
        brokenByAnswer(Reason.MALFORMED, WebSocketPeer.frame(WebSocketPeer.FINAL | opcode, payload.length, payload));
    }

    @Test
    void framesThatBreakTheRulesAreMalformed() throws Exception {
        brokenByAnswer(
                Reason.MALFORMED, WebSocketPeer.frame(WebSocketPeer.FINAL | WebSocketPeer.CONTINUATION, 1, (byte) 1));
        brokenByAnswer(Reason.MALFORMED, WebSocketPeer.frame(FINAL_BINARY | 0x40, 1, (byte) 1)); // a reserved bit
        brokenByAnswer(
                Reason.MALFORMED, WebSocketPeer.frame(WebSocketPeer.FINAL | 3, 1, (byte) 1)); // a reserved opcode
        brokenByAnswer(Reason.MALFORMED, new byte[] {(byte) FINAL_BINARY, (byte) 0x81, 0, 0, 0, 0, 1}); // masked
        brokenByAnswer(
                Reason.MALFORMED, new byte[] {(byte) FINAL_BINARY, 126, 0, 1, 1}); // a length that is not minimal
        brokenByAnswer(Reason.MALFORMED, WebSocketPeer.frame(WebSocketPeer.PING, 0)); // a fragmented ping
    }

    /** Announced, and nothing of it sent: it is refused before memory is allocated for it. */
    @Test
    void anAnswerToConnectAboveItsLimitIsRefusedWhenItIsAnnounced() throws Exception {
        brokenByAnswer(Reason.PACKET_TOO_LARGE, WebSocketPeer.frame(FINAL_BINARY, 4097));
        brokenByAnswer(Reason.PACKET_TOO_LARGE, WebSocketPeer.frame(FINAL_BINARY, Long.MAX_VALUE));
    }

    @Test
    void fragmentsThatTogetherAreAboveTheLimitAreRefused() throws Exception {
        byte[] half = new byte[3000];
        byte[] first = WebSocketPeer.frame(WebSocketPeer.BINARY, half.length, half);
        byte[] second = WebSocketPeer.frame(WebSocketPeer.FINAL | WebSocketPeer.CONTINUATION, half.length, half);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        brokenByAnswer(Reason.PACKET_TOO_LARGE, both);
    }

    @Test
    void afterConnectTheSessionsOwnLimitHolds() throws Exception {
        try (ScriptedServer server = answering(client -> {
            client.send(FINAL_BINARY, handshake.response());
            client.receive(WebSocketPeer.BINARY);
            client.sendRaw(WebSocketPeer.frame(FINAL_BINARY, 2049));
        })) {
            PlabbleSession session = handshake
                    .client(create(server, "/"))
                    .maxPacketSize(2048)
                    .connect()
                    .block(BOUND);
            StepVerifier.create(session.bucket(BucketId.generate(0, Set.of())).read())
                    .expectErrorSatisfies(error -> {
                        assertThat(((PlabbleException) error).reason()).isEqualTo(Reason.PACKET_TOO_LARGE);
                        assertThat(error).hasMessageContaining("maxPacketSize");
                    })
                    .verify(BOUND);
            server.awaitEnd();
        }
    }

    @Test
    void aMessageThatNothingAskedForEndsTheSession() throws Exception {
        try (ScriptedServer server = answering(client -> {
            client.send(FINAL_BINARY, handshake.response());
            client.send(FINAL_BINARY, (byte) 5, (byte) 0, (byte) 0);
        })) {
            StepVerifier.create(connected(server).onClose())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(PlabbleProtocolException.class)
                            .hasMessageContaining("nothing asked for"))
                    .verify(BOUND);
        }
    }

    /** Each fragment of one byte: the server that does so is slow, but right. */
    @Test
    void requestsAreAnsweredInFragmentsJustAsWell() {
        try (PlabbleTestServer server =
                PlabbleTestServer.builder().webSocket("/plabble").start()) {
            server.fault(FaultPoint.CONNECT_ANSWER, Fault.segments(1));
            server.fault(FaultPoint.ANSWER, Fault.segments(1));
            StepVerifier.create(PlabbleClient.create(server.uri())
                            .trust(server.trustStore())
                            .withSession(session -> session.createBucket(SessionFixture.ALL_PRIVATE)
                                    .flatMapMany(
                                            bucket -> bucket.append("hello").thenMany(bucket.read()))
                                    .map(slot -> slot.text())))
                    .expectNext("hello")
                    .expectComplete()
                    .verify(BOUND);
        }
    }

    // ── the end ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void thisEndSaysThatItCloses() throws Exception {
        try (ScriptedServer server = answering(client -> {
            client.send(FINAL_BINARY, handshake.response());
            assertThat(client.receive(WebSocketPeer.CLOSE)).startsWith(0x03, 0xe8); // 1000
        })) {
            connected(server).close().block(BOUND);
            server.awaitEnd();
        }
    }

    @Test
    void aCloseOfTheServerIsAnsweredAndItsWordsAreEscaped() throws Exception {
        byte[] close = "  no\u001b[31m".getBytes(StandardCharsets.UTF_8);
        close[0] = 0x03;
        close[1] = (byte) 0xf3; // 1011
        try (ScriptedServer server = answering(client -> {
            client.send(FINAL_BINARY, handshake.response());
            client.send(WebSocketPeer.FINAL | WebSocketPeer.CLOSE, close);
            client.receive(WebSocketPeer.CLOSE);
        })) {
            StepVerifier.create(connected(server).onClose())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(PlabbleSessionClosedException.class, closed -> {
                                assertThat(closed.why()).isEqualTo(Why.CLOSED_BY_PEER);
                                assertThat(closed.getCause())
                                        .hasMessageContaining("1011")
                                        .hasMessageContaining("no\\u{1b}[31m");
                            }))
                    .verify(BOUND);
            server.awaitEnd();
        }
    }

    /** It does not read, so that the Close frame cannot leave either. */
    @Test
    void aServerThatDoesNotReadCannotKeepTheConnectionOpen() throws Exception {
        try (ScriptedServer server = answering(client -> {
            client.send(FINAL_BINARY, handshake.response());
            awaitTest();
        })) {
            PlabbleSession session = handshake
                    .client(create(server, "/"))
                    .tcp(tcp -> tcp.option(ChannelOption.SO_SNDBUF, 16_384))
                    .connect()
                    .block(BOUND);
            for (int i = 0; i < 16; i++) { // more than the sockets of both ends take in together
                session.bucket(BucketId.generate(0, Set.of()))
                        .put(i, new byte[1 << 16])
                        .subscribe(nothing -> {}, error -> {});
            }
            session.dispose();
            StepVerifier.create(session.onClose()).expectComplete().verify(BOUND);
            tested.countDown();
        }
    }

    // ── addresses ───────────────────────────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://node.example/",
                "tcp://node.example:1",
                "//node.example",
                "node.example",
                "ws:node.example",
                "ws:///path",
                "ws://user:secret@node.example/",
                "ws://node.example/#fragment",
                "ws://node.example:0/",
                "ws://node.example:65536/"
            })
    void whatIsNoWebSocketAddressIsRefusedAtOnce(String uri) {
        assertThatThrownBy(() -> PlabbleClient.create(URI.create(uri)))
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageStartingWith("URI: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void portsAndBracketsAreThoseOfTheAddress() {
        assertThat(PlabbleClient.create(URI.create("ws://node.example")))
                .hasToString("PlabbleClient[node.example:80 over ws]");
        assertThat(PlabbleClient.create(URI.create("WSS://node.example/x")))
                .hasToString("PlabbleClient[node.example:443 over wss]");
        assertThat(PlabbleClient.create(URI.create("ws://[::1]:4242/")))
                .hasToString("PlabbleClient[[::1]:4242 over ws]");
        assertThatThrownBy(() -> PlabbleClient.create((URI) null)).isInstanceOf(PlabbleConfigurationException.class);
    }

    // ── what the tests share ────────────────────────────────────────────────────────────────────────────────────────

    /** The answer to CONNECT is these bytes: the connect fails, and the server is told why and sees it closed. */
    private void brokenByAnswer(Reason reason, byte[] frames) throws Exception {
        int status = reason == Reason.PACKET_TOO_LARGE ? 0xf1 : 0xea; // 1009, 1002
        try (ScriptedServer server = answering(client -> {
            client.sendRaw(frames);
            assertThat(client.receive(WebSocketPeer.CLOSE)).startsWith(0x03, status);
        })) {
            StepVerifier.create(handshake.client(create(server, "/")).connect())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    PlabbleProtocolException.class,
                                    broken -> assertThat(broken.reason()).isEqualTo(reason)))
                    .verify(BOUND);
            server.awaitEnd();
        }
    }

    private PlabbleSession connected(ScriptedServer server) {
        return handshake.client(create(server, "/")).connect().block(BOUND);
    }

    /** A server that has upgraded and received the CONNECT request. */
    private ScriptedServer answering(Script then) throws IOException {
        return server(client -> {
            client.upgrade();
            assertThat(client.receive(WebSocketPeer.BINARY)).isEqualTo(handshake.request());
            then.play(client);
        });
    }

    private static ScriptedServer server(Script script) throws IOException {
        return new ScriptedServer(client -> script.play(new WebSocketPeer(client)));
    }

    private static PlabbleClient create(ScriptedServer server, String path) {
        return PlabbleClient.create(URI.create("ws://127.0.0.1:" + server.port() + path));
    }

    private static PlabbleClient dial(ScriptedServer server, String path) {
        return create(server, path).insecureUnauthenticated();
    }

    private static void refused(PlabbleClient client, Reason reason) {
        StepVerifier.create(client.connect().then(Mono.empty()))
                .expectErrorSatisfies(
                        error -> assertThat(((PlabbleException) error).reason()).isEqualTo(reason))
                .verify(BOUND);
    }

    private void awaitTest() {
        try {
            assertThat(tested.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
