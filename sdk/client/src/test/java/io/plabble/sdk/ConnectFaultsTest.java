package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.resolver.DefaultAddressResolverGroup;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Whatever goes wrong, and whenever: one typed error, and no connection left. */
@ParameterizedClass
@EnumSource
class ConnectFaultsTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(400);

    private final Transport transport;
    private final PlabbleTestServer server;
    private final PlabbleClient client;

    ConnectFaultsTest(Transport transport) {
        this.transport = transport;
        this.server = transport.start();
        this.client = transport.dial(server).trust(server.trustStore());
    }

    @AfterEach
    void everyConnectionIsClosed() {
        noConnectionIsLeft();
        server.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(FaultPoint.ACCEPTED, Fault.close(), Reason.CONNECTION_CLOSED),
                Arguments.of(FaultPoint.ACCEPTED, Fault.reset(), Reason.CONNECTION_CLOSED),
                Arguments.of(FaultPoint.CONNECT_RECEIVED, Fault.close(), Reason.CONNECTION_CLOSED),
                Arguments.of(FaultPoint.CONNECT_RECEIVED, Fault.reset(), Reason.CONNECTION_CLOSED),
                Arguments.of(FaultPoint.CONNECT_ANSWER, Fault.truncate(1), Reason.TRUNCATED),
                Arguments.of(FaultPoint.CONNECT_ANSWER, Fault.truncate(200), Reason.TRUNCATED),
                Arguments.of(FaultPoint.CONNECT_ANSWER, Fault.answer(new byte[] {0}), Reason.MALFORMED),
                Arguments.of(
                        FaultPoint.CONNECT_ANSWER,
                        Fault.answer(new byte[] {-1, -1, -1, 0x7f}),
                        Reason.PACKET_TOO_LARGE),
                Arguments.of(
                        FaultPoint.CONNECT_ANSWER,
                        Fault.rewrite(wire -> {
                            wire[40] ^= 1;
                            return wire;
                        }),
                        Reason.SIGNATURE_INVALID));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultOfTheServerIsOneTypedError(FaultPoint point, Fault fault, Reason overTcp) {
        server.fault(point, fault);
        StepVerifier.create(client.connect())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                PlabbleException.class,
                                typed -> assertThat(typed.reason()).isIn(overThisTransport(point, overTcp))))
                .verify(BOUND);
    }

    private Set<Reason> overThisTransport(FaultPoint point, Reason overTcp) {
        if (point == FaultPoint.ACCEPTED && transport.isSecured()) {
            return Set.of(Reason.TLS_FAILED, overTcp); // before TLS has begun, or in its midst
        }
        if (transport.isWebSocket() && (overTcp == Reason.TRUNCATED || overTcp == Reason.PACKET_TOO_LARGE)) {
            return Set.of(Reason.MALFORMED); // without Length, they are short messages
        }
        return Set.of(overTcp);
    }

    /** Whether it comes while the server is still being verified, or later. */
    @RepeatedTest(20)
    void whatFollowsAValidAnswerEndsTheSessionNotTheConnect() {
        server.fault(FaultPoint.CONNECT_ANSWER, Fault.append(new byte[] {1, 0}));
        PlabbleSession session = client.connect().block(BOUND);
        SessionFixture.fails(
                session.onClose(),
                PlabbleProtocolException.class,
                broken -> assertThat(broken.reason()).isEqualTo(Reason.MALFORMED));
        SessionFixture.fails(
                session.bucket(BucketId.generate(0, Set.of())).read(),
                PlabbleException.class,
                ended -> assertThat(ended.reason()).isEqualTo(Reason.MALFORMED));
    }

    @RepeatedTest(20)
    void aServerThatClosesBehindItsAnswerGivesASessionThatHasEnded() {
        server.fault(FaultPoint.CONNECT_ANSWER_SENT, Fault.close());
        PlabbleSession session = client.connect().block(BOUND);
        SessionFixture.fails(
                session.onClose(),
                PlabbleSessionClosedException.class,
                closed -> assertThat(closed.why()).isEqualTo(PlabbleSessionClosedException.Why.CLOSED_BY_PEER));
        assertThat(session.sharedSecret().isDestroyed()).isTrue();
    }

    @Test
    void anAnswerInSinglePiecesIsTheSameAnswer() {
        server.fault(FaultPoint.CONNECT_ANSWER, Fault.segments(1));
        StepVerifier.create(client.encryption(Encryption.ON).withSession(session -> Mono.just(session.isEncrypted())))
                .expectNext(true)
                .expectComplete()
                .verify(BOUND);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"ACCEPTED", "CONNECT_RECEIVED", "CONNECT_ANSWER"})
    void theDeadlineEndsASilentServerAtEveryStep(FaultPoint point) {
        server.fault(point, Fault.silence());
        SessionFixture.fails(client.connectTimeout(SHORT).connect(), PlabbleConnectException.class, late -> {
            assertThat(late.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(late).hasMessageContaining("waiting for");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"ACCEPTED", "CONNECT_RECEIVED", "CONNECT_ANSWER"})
    void aCancelAtEveryStepOfTheServerClosesTheConnection(FaultPoint point) {
        server.fault(point, Fault.silence());
        Disposable connecting = client.connect().subscribe();
        SessionFixture.eventually(() -> assertThat(server.openConnections()).isEqualTo(1));
        connecting.dispose();
        noConnectionIsLeft();
    }

    @ParameterizedTest
    @EnumSource(ConnectStep.class)
    void aCancelAtEveryStepOfTheClientClosesTheConnection(ConnectStep step) throws InterruptedException {
        assumeTrue(step != ConnectStep.SECURED || transport.isSecured());
        assumeTrue(step != ConnectStep.UPGRADED || transport.isWebSocket());
        CountDownLatch cancelled = new CountDownLatch(1);
        reactor.core.Disposable.Swap connecting = reactor.core.Disposables.swap();
        Mono<PlabbleSession> connect = client.doOnStep(progress -> {
                    if (progress.step() == step) {
                        connecting.dispose();
                    }
                })
                .connect()
                .doOnCancel(cancelled::countDown);
        connecting.update(connect.delaySubscription(Duration.ofMillis(1)).subscribe());
        assertThat(cancelled.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        noConnectionIsLeft();
    }

    @Test
    void aCancelAtAnyTimeLeavesNoConnectionToWithSession() {
        for (int time = 0; time < 50; time++) {
            Disposable working = client.withSession(session -> Mono.never()).subscribe(nothing -> {}, error -> {});
            Mono.delay(Duration.ofNanos((long) (Math.random() * 8_000_000))).block(BOUND);
            working.dispose();
            noConnectionIsLeft();
        }
    }

    @Test
    void nobodyListening() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        StepVerifier.create(transport
                        .dial(server, "127.0.0.1", free)
                        .trust(server.trustStore())
                        .connect())
                .expectErrorSatisfies(
                        error -> assertThat(((PlabbleException) error).reason()).isEqualTo(Reason.CONNECTION_REFUSED))
                .verify(BOUND);
    }

    @Test
    void aNameWithoutAddress() {
        StepVerifier.create(transport
                        .dial(server, "no-such-host.invalid", 4242)
                        .trust(server.trustStore())
                        .tcp(tcp -> tcp.resolver(DefaultAddressResolverGroup.INSTANCE))
                        .connect())
                .expectErrorSatisfies(
                        error -> assertThat(((PlabbleException) error).reason()).isEqualTo(Reason.UNKNOWN_HOST))
                .verify(BOUND);
    }

    @Test
    void ofSeveralAddressesTheOneThatAnswersIsTaken() {
        // The server listens on 127.0.0.1 alone, so that the first address refuses.
        StepVerifier.create(transport
                        .dial(server, "node.example", server.port())
                        .trust(server.trustStore())
                        .serverName(server.host())
                        .tcp(tcp -> tcp.resolver(new Addresses("127.0.0.2", "127.0.0.1")))
                        .withSession(
                                session -> Mono.just(session.remoteAddress().toString())))
                .assertNext(address -> assertThat(address).contains("127.0.0.1"))
                .expectComplete()
                .verify(BOUND);
    }

    private void noConnectionIsLeft() {
        SessionFixture.eventually(() -> assertThat(server.openConnections()).isEqualTo(0));
    }
}
