package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.tcp.TcpClient;
import reactor.test.StepVerifier;

@ParameterizedClass
@EnumSource
class ConnectTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final Transport transport;
    private final PlabbleTestServer server;
    private final PlabbleClient client;

    ConnectTest(Transport transport) {
        this.transport = transport;
        this.server = transport.start();
        this.client = transport.dial(server).trust(server.trustStore());
    }

    @AfterEach
    void everyConnectionIsClosed() {
        SessionFixture.eventually(() -> assertThat(server.openConnections()).isEqualTo(0));
        server.close();
    }

    @Test
    void yieldsAVerifiedSessionWithTheServersSecret() {
        StepVerifier.create(client.connect().flatMap(session -> {
                    assertThat(session.isEncrypted()).isEqualTo(!transport.isSecured());
                    assertThat(session.protocolVersion()).isEqualTo(1);
                    assertThat(session.isDisposed()).isFalse();
                    assertThat(session.remoteAddress().toString()).contains(String.valueOf(server.port()));
                    assertThat(session.authentication().identityKey()).contains(server.identityKey());
                    assertThat(session.authentication())
                            .isInstanceOfSatisfying(
                                    Authentication.ByCertificateChain.class,
                                    by -> assertThat(by.serverCertificate().name())
                                            .isEqualTo(server.host()));
                    return session.close().thenReturn(session.sharedSecret().fingerprint());
                }))
                .assertNext(fingerprint ->
                        assertThat(server.sessions().get(0).fingerprint()).isEqualTo(fingerprint))
                .expectComplete()
                .verify(BOUND);
    }

    @ParameterizedTest
    @EnumSource(Encryption.class)
    void asksForEncryptionAsItIsSet(Encryption encryption) {
        boolean expected = encryption == Encryption.ON || encryption == Encryption.AUTO && !transport.isSecured();
        for (PlabbleClient each : List.of(client, pinning())) {
            StepVerifier.create(each.encryption(encryption).withSession(s -> Mono.just(s.isEncrypted())))
                    .expectNext(expected)
                    .expectComplete()
                    .verify(BOUND);
        }
        assertThat(server.requests()).hasSize(2).allMatch(seen -> seen.encryption() == expected);
        assertThat(server.requests().get(0).certificate()).isTrue();
        assertThat(server.requests().get(1).certificate()).isFalse();
    }

    @Test
    void authenticatesByPin() {
        StepVerifier.create(pinning().withSession(session -> Mono.just(session.authentication())))
                .expectNext(new Authentication.ByPinnedKey(server.identityKey()))
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void acceptsAnyOfSeveralPinsSoThatAKeyCanBeRolledOver() {
        PlabbleClient both =
                transport.dial(server).pin(IdentityKeyPair.generate().publicKey(), server.identityKey());
        StepVerifier.create(both.withSession(session -> Mono.just(session.authentication())))
                .expectNext(new Authentication.ByPinnedKey(server.identityKey()))
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void withTrustAndPinBothMustHold() {
        StepVerifier.create(client.pin(server.identityKey()).withSession(s -> Mono.just(s.authentication())))
                .assertNext(by -> assertThat(by)
                        .isInstanceOfSatisfying(
                                Authentication.ByCertificateChain.class,
                                chain -> assertThat(chain.pinned()).isTrue()))
                .expectComplete()
                .verify(BOUND);
        refused(client.pin(IdentityKeyPair.generate().publicKey()), Reason.PINNED_KEY_MISMATCH);
    }

    @Test
    void refusesAServerThatSignsWithAnotherThanThePinnedKey() {
        refused(transport.dial(server).pin(IdentityKeyPair.generate().publicKey()), Reason.SIGNATURE_INVALID);
    }

    @Test
    void refusesAStrangersRoot() {
        try (PlabbleTestServer stranger = PlabbleTestServer.start()) {
            refused(client.trust(stranger.trustStore()), Reason.UNTRUSTED_ROOT);
        }
    }

    @Test
    void verifiesTheNameAskedFor() {
        refused(client.serverName("other.example"), Reason.NAME_MISMATCH);
    }

    @Test
    void acceptsAnybodyOnlyWhenToldToByName() {
        StepVerifier.create(transport
                        .dial(server)
                        .insecureUnauthenticated()
                        .withSession(session -> Mono.just(session.authentication())))
                .expectNext(new Authentication.None())
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void withNothingToVerifyAgainstNoSocketIsOpened() {
        refused(transport.dial(server), Reason.CONFIGURATION);
        assertThat(server.accepted()).isZero();
    }

    @Test
    void asksTheTrustStoresSupplierAtEachConnect() {
        AtomicInteger asked = new AtomicInteger();
        PlabbleClient renewing = client.trust(() -> {
            asked.incrementAndGet();
            return server.trustStore();
        });
        assertThat(asked).hasValue(0);
        StepVerifier.create(renewing.withSession(s -> Mono.empty()).thenMany(renewing.withSession(s -> Mono.empty())))
                .expectComplete()
                .verify(BOUND);
        assertThat(asked).hasValue(2);
    }

    @Test
    void aSessionKeepsNobodyWhoWaitedForIt() {
        List<PlabbleSession> session = new ArrayList<>();
        WeakReference<Object> waiting = connectFor(new AtomicReference<PlabbleSession>()::set, session);
        SessionFixture.eventually(() -> {
            System.gc();
            assertThat(waiting.get()).isNull();
        });
        session.get(0).close().block(BOUND);
    }

    private WeakReference<Object> connectFor(Consumer<PlabbleSession> subscriber, List<PlabbleSession> session) {
        client.connect().doOnNext(subscriber).doOnNext(session::add).block(BOUND);
        return new WeakReference<>(subscriber);
    }

    @Test
    void aTrustStoreThatNeedsNoReadingIsNotWaitedFor() {
        AtomicReference<Thread> dialling = new AtomicReference<>();
        client.warmup().block(BOUND);
        client.tcp(tcp -> {
                    dialling.set(Thread.currentThread());
                    return tcp;
                })
                .withSession(session -> Mono.empty())
                .blockLast(BOUND);
        assertThat(dialling).hasValue(Thread.currentThread());
    }

    @Test
    void aCallersOwnFaultIsAConfigurationError() {
        refused(
                client.trust(() -> {
                    throw new IllegalStateException("no file");
                }),
                Reason.CONFIGURATION);
        refused(client.trust(TrustStore::empty), Reason.CONFIGURATION);
        refused(
                client.tcp(tcp -> {
                    throw new IllegalStateException("no network");
                }),
                Reason.CONFIGURATION);
        assertThat(server.accepted()).isZero();
        refused(
                client.doOnStep(progress -> {
                    throw new IllegalStateException("no listener");
                }),
                Reason.CONFIGURATION);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 31, 32, 128, 255})
    void tellsOfEveryErrorTheServerAnswers(int code) {
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.error(code, "no\u001b[31m"));
        StepVerifier.create(client.connect())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(PlabbleServerException.class, said -> {
                            assertThat(said.reason()).isEqualTo(Reason.ERROR_RESPONSE);
                            assertThat(said.code()).isEqualTo(code);
                            assertThat(said.serverMessage()).isEqualTo("no\\u{1b}[31m");
                            assertThat(said).hasMessageContaining(server.host() + ":" + server.port());
                        }))
                .verify(BOUND);
    }

    @Test
    void aServerWithoutCertificateAnswers31() {
        try (PlabbleTestServer bare =
                transport.start(PlabbleTestServer.builder().withoutCertificate())) {
            StepVerifier.create(transport.dial(bare).trust(server.trustStore()).connect())
                    .expectErrorSatisfies(error ->
                            assertThat(((PlabbleServerException) error).code()).isEqualTo(31))
                    .verify(BOUND);
        }
    }

    @Test
    void aServerWithoutEncryptionAnswers32() {
        try (PlabbleTestServer plain =
                transport.start(PlabbleTestServer.builder().withoutEncryption())) {
            StepVerifier.create(transport
                            .dial(plain)
                            .trust(plain.trustStore())
                            .encryption(Encryption.ON)
                            .connect())
                    .expectErrorSatisfies(error ->
                            assertThat(((PlabbleServerException) error).code()).isEqualTo(32))
                    .verify(BOUND);
        }
    }

    @Test
    void isColdAndEachSubscriptionHasItsOwnConnectionAndKey() {
        Mono<PlabbleSession> connect = client.connect();
        assertThat(server.accepted()).isZero();
        List<String> fingerprints = Collections.synchronizedList(new ArrayList<>());
        Mono<Void> once = connect.flatMap(session -> {
            fingerprints.add(session.sharedSecret().fingerprint());
            return session.close();
        });
        StepVerifier.create(Mono.when(once, once)).expectComplete().verify(BOUND);
        assertThat(fingerprints).hasSize(2).doesNotHaveDuplicates();
        assertThat(server.accepted()).isEqualTo(2);
    }

    @Test
    void aRetryIsANewConnectionWithANewKey() {
        AtomicInteger failures = new AtomicInteger();
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.close());
        StepVerifier.create(client.connect()
                        .doOnError(error -> {
                            if (failures.incrementAndGet() == 2) {
                                server.clearFaults();
                            }
                        })
                        .retry(2)
                        .flatMap(PlabbleSession::close))
                .expectComplete()
                .verify(BOUND);
        assertThat(server.requests().stream().map(seen -> seen.clientPublicKey()))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void theReactorContextReachesTheWork() {
        StepVerifier.create(
                        client.withSession(session -> Mono.deferContextual(context -> Mono.just(context.get("key"))))
                                .contextWrite(context -> context.put("key", "value")))
                .expectNext("value")
                .expectComplete()
                .verify(BOUND);
    }

    @Test
    void tellsOfEachStepInOrder() {
        List<ConnectStep> steps = Collections.synchronizedList(new ArrayList<>());
        StepVerifier.create(
                        client.doOnStep(progress -> steps.add(progress.step())).withSession(s -> Mono.empty()))
                .expectComplete()
                .verify(BOUND);
        EnumSet<ConnectStep> expected = EnumSet.allOf(ConnectStep.class);
        expected.removeIf(step -> step == ConnectStep.SECURED && !transport.isSecured()
                || step == ConnectStep.UPGRADED && !transport.isWebSocket());
        assertThat(steps).containsExactlyElementsOf(expected);
    }

    @Test
    void closingErasesTheSecretAndFiresOnCloseOnce() {
        PlabbleSession session = client.connect().block(BOUND);
        assertThat(session).isNotNull();
        assertThat(session.sharedSecret().copy()).hasSize(32);
        assertThat(session.toString()).doesNotContain(session.sharedSecret().fingerprint());
        StepVerifier.create(session.close().then(session.close()).then(session.onClose()))
                .expectComplete()
                .verify(BOUND);
        assertThat(session.isDisposed()).isTrue();
        assertThatThrownBy(() -> session.sharedSecret().copy()).isInstanceOf(IllegalStateException.class);
        assertThat(session.sharedSecret().fingerprint()).hasSize(64);
        StepVerifier.create(session.onClose()).expectComplete().verify(BOUND);
    }

    @Test
    void whoeverHearsOfTheEndFindsTheSecretErased() {
        for (int i = 0; i < 50; i++) {
            PlabbleSession session = client.connect().block(BOUND);
            assertThat(session).isNotNull();
            assertThat(session.close()
                            .then(Mono.fromSupplier(() -> session.sharedSecret().isDestroyed()))
                            .block(BOUND))
                    .isTrue();
            AtomicReference<PlabbleSession> used = new AtomicReference<>();
            assertThat(client.withSession(worked -> {
                                used.set(worked);
                                return Mono.empty();
                            })
                            .then(Mono.fromSupplier(
                                    () -> used.get().sharedSecret().isDestroyed()))
                            .block(BOUND))
                    .isTrue();
        }
    }

    @Test
    void disposeClosesAtOnce() {
        PlabbleSession session = client.connect().block(BOUND);
        assertThat(session).isNotNull();
        session.dispose();
        assertThat(session.isDisposed()).isTrue();
        StepVerifier.create(session.onClose()).expectComplete().verify(BOUND);
        assertThat(session.sharedSecret().isDestroyed()).isTrue();
    }

    @Test
    void theEndOfTheConnectionEndsTheSessionWithTheReason() {
        PlabbleSession session = client.connect().block(BOUND);
        assertThat(session).isNotNull();
        server.closeConnections();
        StepVerifier.create(session.onClose())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(PlabbleSessionClosedException.class, closed -> {
                            assertThat(closed.why()).isEqualTo(PlabbleSessionClosedException.Why.CLOSED_BY_PEER);
                            assertThat(closed.reason()).isEqualTo(Reason.CONNECTION_CLOSED);
                        }))
                .verify(BOUND);
        assertThat(session.sharedSecret().isDestroyed()).isTrue();
    }

    @Test
    void bytesThatFollowTheAnswerEndTheSessionNotTheConnect() {
        server.fault(FaultPoint.CONNECT_ANSWER, Fault.append(new byte[] {4, 5, 0, 0, 0}));
        PlabbleSession session = client.connect().block(BOUND);
        assertThat(session).isNotNull();
        StepVerifier.create(session.onClose())
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(PlabbleProtocolException.class);
                    assertThat(((PlabbleException) error).reason()).isEqualTo(Reason.MALFORMED);
                })
                .verify(BOUND);
    }

    @Test
    void withSessionClosesOnCompletionErrorAndCancel() {
        AtomicReference<PlabbleSession> used = new AtomicReference<>();
        StepVerifier.create(client.withSession(session -> {
                    used.set(session);
                    return Flux.just(1, 2);
                }))
                .expectNext(1, 2)
                .expectComplete()
                .verify(BOUND);
        assertThat(used.get().isDisposed()).isTrue();

        StepVerifier.create(client.withSession(session -> {
                    used.set(session);
                    return Mono.error(new IllegalStateException("work"));
                }))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(IllegalStateException.class).hasMessage("work");
                    assertThat(used.get().isDisposed()).isTrue();
                })
                .verify(BOUND);

        StepVerifier.create(client.withSession(session -> {
                    used.set(session);
                    return Flux.just(1).concatWith(Flux.never());
                }))
                .expectNext(1)
                .thenCancel()
                .verify(BOUND);
        StepVerifier.create(used.get().onClose()).expectComplete().verify(BOUND);
    }

    @Test
    void refusesBadSettingsAtOnce() {
        List<Runnable> bad = List.of(
                () -> PlabbleClient.create("", 1),
                () -> PlabbleClient.create(" ", 1),
                () -> PlabbleClient.create(null, 1),
                () -> PlabbleClient.create("host", 0),
                () -> PlabbleClient.create("host", -1),
                () -> PlabbleClient.create("host", 65_536),
                () -> client.trust((TrustStore) null),
                () -> client.trust(TrustStore.empty()),
                () -> client.trust((java.util.function.Supplier<TrustStore>) null),
                client::pin,
                () -> client.pin((io.plabble.protocol.crypto.IdentityKey) null),
                client::insecureUnauthenticated,
                () -> client.encryption(null),
                () -> client.serverName(""),
                () -> client.serverName(null),
                () -> client.connectTimeout(null),
                () -> client.connectTimeout(Duration.ZERO),
                () -> client.connectTimeout(Duration.ofMillis(-1)),
                () -> client.connectTimeout(ChronoUnit.FOREVER.getDuration()),
                () -> client.clock(null),
                () -> client.clockSkew(null),
                () -> client.clockSkew(Duration.ofMillis(-1)),
                () -> client.clockSkew(Duration.ofMinutes(5).plusMillis(1)),
                () -> client.maxCertificates(0),
                () -> client.maxCertificates(16),
                () -> client.tcp(null),
                () -> client.doOnStep(null),
                () -> client.withSession(null));
        for (Runnable setting : bad) {
            assertThatThrownBy(setting::run)
                    .isInstanceOf(PlabbleConfigurationException.class)
                    .hasMessageMatching(".{10,}");
        }
    }

    @Test
    void theTcpCustomiserCannotUndoAddressAndHandlers() {
        AtomicInteger asked = new AtomicInteger();
        PlabbleClient customised = client.tcp(tcp -> {
            asked.incrementAndGet();
            return tcp.host("no-such-host.invalid").port(1).remoteAddress(() -> null);
        });
        StepVerifier.create(customised
                        .withSession(session -> Mono.just(true))
                        .concatWith(customised.withSession(session -> Mono.just(true))))
                .expectNext(true, true)
                .expectComplete()
                .verify(BOUND);
        assertThat(asked).hasValue(2);
        assertThat(server.accepted()).isEqualTo(2);
    }

    @Test
    void aTcpCustomiserThatBringsAPoolIsRefused() {
        refused(client.tcp(tcp -> TcpClient.create()), Reason.CONFIGURATION);
        assertThat(server.accepted()).isZero();
    }

    @Test
    void isCopyOnWrite() {
        PlabbleClient other = client.serverName("other.example");
        assertThat(other).isNotSameAs(client);
        StepVerifier.create(client.withSession(session -> Mono.just(true)))
                .expectNext(true)
                .expectComplete()
                .verify(BOUND);
    }

    private PlabbleClient pinning() {
        return transport.dial(server).pin(server.identityKey());
    }

    private static void refused(PlabbleClient client, Reason reason) {
        StepVerifier.create(client.connect())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                PlabbleException.class,
                                typed -> assertThat(typed.reason()).isEqualTo(reason)))
                .verify(BOUND);
    }
}
