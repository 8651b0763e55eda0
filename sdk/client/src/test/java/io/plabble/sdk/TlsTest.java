package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import io.plabble.sdk.test.TlsCertificates;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;
import reactor.netty.tcp.TcpSslContextSpec;
import reactor.test.StepVerifier;

/** TLS by both providers: what is verified, and how a refusal reads. */
@ParameterizedClass
@EnumSource(names = {"JDK", "OPENSSL"})
class TlsTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final SslProvider provider;
    private PlabbleTestServer server =
            PlabbleTestServer.builder().tls(Transport.CERTIFICATES).start();

    TlsTest(SslProvider provider) {
        this.provider = provider;
        assertThat(OpenSsl.isAvailable()).as("tests bring OpenSSL along").isTrue();
    }

    @AfterEach
    void everyConnectionIsClosed() {
        SessionFixture.eventually(() -> assertThat(server.openConnections()).isZero());
        server.close();
    }

    @Test
    void aTrustedServerIsConnectedToWithoutPlabblesOwnEncryption() {
        works(client(), false);
    }

    @Test
    void encryptionIsStillThereForWhoAsksForIt() {
        works(client().encryption(Encryption.ON), true);
        works(client().encryption(Encryption.OFF), false);
        works(
                PlabbleClient.create(server.host(), server.port())
                        .encryption(Encryption.AUTO)
                        .secure(trusting(server.tlsCertificate()))
                        .trust(server.trustStore()),
                false);
    }

    @Test
    void plabblesOwnVerificationIsNotReplaced() {
        TestCertificates strangers = TestCertificates.forHost(server.host());
        refused(client().trust(strangers.trustStore()), Reason.UNTRUSTED_ROOT);
        refused(dial(server.tlsCertificate()), Reason.CONFIGURATION);
    }

    @Test
    void anUnknownAuthorityIsUntrusted() {
        failsSaying(
                "not trusted", dial(TlsCertificates.forNames("127.0.0.1").ca()).trust(server.trustStore()));
    }

    @Test
    void theJdksAuthoritiesDoNotKnowATestServer() {
        failsSaying(
                "not trusted",
                PlabbleClient.create(server.host(), server.port()).secure().trust(server.trustStore()));
        failsSaying(
                "not trusted",
                PlabbleClient.create(URI.create("wss://" + server.host() + ":" + server.port()))
                        .trust(server.trustStore()));
    }

    @Test
    void aCertificateOfAnotherNameIsRefusedAndTheNameIsTold() {
        restart(TlsCertificates.forNames("other.example", "127.0.0.2"));
        failsSaying("is not for 127.0.0.1; see serverName", client());
    }

    /** What the dialled host is called must not do instead. */
    @Test
    void theNameAskedForIsVerifiedAndNotTheHostDialled() {
        restart(TlsCertificates.forNames("127.0.0.1", "localhost"));
        failsSaying("is not for node.example; see serverName", client().serverName("node.example"));

        restart(TlsCertificates.forNames("node.example"), TestCertificates.forHost("node.example"));
        works(client().serverName("node.example"), false);
        failsSaying("is not for 127.0.0.1", client());
    }

    @Test
    void anExpiredCertificateIsRefused() {
        Instant now = Instant.now();
        restart(TlsCertificates.builder("127.0.0.1")
                .valid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)))
                .build());
        failsSaying("expired", client());
    }

    @Test
    void aCertificateThatIsNotValidYetIsRefused() {
        Instant now = Instant.now();
        restart(TlsCertificates.builder("127.0.0.1")
                .valid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)))
                .build());
        failsSaying("not valid yet", client());
    }

    @Test
    void noCommonVersion() {
        server.close();
        server = PlabbleTestServer.builder()
                .tls(Transport.CERTIFICATES)
                .tlsProtocols("TLSv1.2")
                .start();
        failsSaying(
                "no TLS version",
                PlabbleClient.create(server.host(), server.port())
                        .secure(spec -> spec.sslContext(TcpSslContextSpec.forClient()
                                .configure(builder -> builder.sslProvider(provider)
                                        .protocols("TLSv1.3")
                                        .trustManager(server.tlsCertificate()))))
                        .trust(server.trustStore()));
    }

    @Test
    void aServerWithoutTls() {
        X509Certificate authority = server.tlsCertificate();
        server.close();
        server = PlabbleTestServer.start();
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.error(6, "bad request"));
        failsSaying("speak TLS", dial(authority).trust(server.trustStore()));
    }

    @Test
    void aServerThatClosesWhenTlsBegins() {
        server.fault(FaultPoint.ACCEPTED, Fault.close());
        fails(Reason.CONNECTION_CLOSED, "closed or reset the connection during the TLS handshake", client());
    }

    /** It may come so early that TLS has not begun. */
    @Test
    void aServerThatResetsAtOnce() {
        server.fault(FaultPoint.ACCEPTED, Fault.reset());
        StepVerifier.create(client().connect())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(PlabbleConnectException.class, reset -> {
                            assertThat(reset.reason()).isEqualTo(Reason.CONNECTION_CLOSED);
                            assertThat(reset).hasMessageContaining("reset");
                        }))
                .verify(BOUND);
    }

    @Test
    void theConnectsDeadlineHoldsForTls() {
        server.fault(FaultPoint.ACCEPTED, Fault.silence());
        PlabbleClient client = client().connectTimeout(Duration.ofMillis(500));
        SessionFixture.fails(client.connect(), PlabbleConnectException.class, late -> {
            assertThat(late.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(late).hasMessageContaining("waiting for the TLS handshake");
        });
    }

    @Test
    void whoSaysToTrustEverybodyDoes() {
        restart(TlsCertificates.forNames("other.example"));
        works(
                PlabbleClient.create(server.host(), server.port())
                        .secure(spec -> spec.sslContext(TcpSslContextSpec.forClient()
                                .configure(builder -> builder.sslProvider(provider)
                                        .trustManager(InsecureTrustManagerFactory.INSTANCE))))
                        .trust(server.trustStore()),
                false);
    }

    /** Also one that a specification has switched off. */
    @Test
    void theNameIsAlwaysVerified() {
        restart(TlsCertificates.forNames("other.example"));
        failsSaying(
                "is not for 127.0.0.1",
                PlabbleClient.create(server.host(), server.port())
                        .secure(spec -> spec.sslContext(TcpSslContextSpec.forClient()
                                        .configure(builder -> builder.sslProvider(provider)
                                                .endpointIdentificationAlgorithm(null)
                                                .trustManager(server.tlsCertificate())))
                                .handlerConfigurator(handler -> {
                                    var parameters = handler.engine().getSSLParameters();
                                    parameters.setEndpointIdentificationAlgorithm(null);
                                    handler.engine().setSSLParameters(parameters);
                                }))
                        .trust(server.trustStore()));
    }

    /** What SNI asks for must not do instead: the JDK would take a certificate for that as well. */
    @Test
    void theNameIsVerifiedWhateverTheServerIsToldByAnotherWay() {
        restart(TlsCertificates.forNames("other.example"));
        SNIHostName other = new SNIHostName("other.example");
        PlabbleClient byContext = specified(
                spec -> spec.configure(builder -> builder.sslProvider(provider)
                        .trustManager(server.tlsCertificate())
                        .serverName(other)),
                handler -> {});
        PlabbleClient byEngine = specified(
                spec -> spec.configure(builder -> builder.sslProvider(provider).trustManager(server.tlsCertificate())),
                handler -> {
                    var parameters = handler.engine().getSSLParameters();
                    parameters.setServerNames(List.of(other));
                    handler.engine().setSSLParameters(parameters);
                });
        for (PlabbleClient client : List.of(byContext, byEngine)) {
            failsSaying("is not for 127.0.0.1", client);
            failsSaying("is not for localhost", client.serverName("localhost"));
            failsSaying("is not for node.example", client.serverName("node.example"));
        }
    }

    @Test
    void aTrailingDotIsNoPartOfTheName() {
        restart(TlsCertificates.forNames("node.example"), TestCertificates.forHost("node.example"));
        works(client().serverName("node.example."), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"}) // refused in the handshake, and after it
    void aServerThatWantsAClientCertificate(String version) throws Exception {
        TlsCertificates shown = Transport.CERTIFICATES;
        SslContext strict = SslContextBuilder.forServer(shown.key(), shown.chain())
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager(shown.ca())
                .protocols(version)
                .build();
        DisposableServer listening = TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .secure(spec -> spec.sslContext(strict))
                .handle((in, out) -> in.receive().then())
                .bindNow();
        try {
            for (PlabbleClient client : List.of(
                    PlabbleClient.create("127.0.0.1", listening.port()),
                    PlabbleClient.create(URI.create("wss://127.0.0.1:" + listening.port())))) {
                StepVerifier.create(client.secure(trusting(shown.ca()))
                                .insecureUnauthenticated()
                                .connect())
                        .expectErrorSatisfies(error -> assertThat(error)
                                .isInstanceOfSatisfying(
                                        PlabbleConnectException.class,
                                        failed -> assertThat(failed.reason()).isEqualTo(Reason.TLS_FAILED))
                                .hasMessageContaining("client certificate"))
                        .verify(BOUND);
            }
        } finally {
            listening.disposeNow();
        }
    }

    @Test
    void aConfiguratorThatFailsIsTold() {
        PlabbleClient client = specified(spec -> {}, handler -> {
            throw new IllegalStateException("no such cipher");
        });
        StepVerifier.create(client.connect())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(PlabbleConfigurationException.class)
                        .hasMessageContaining("no such cipher"))
                .verify(BOUND);
    }

    private PlabbleClient specified(Consumer<TcpSslContextSpec> context, Consumer<SslHandler> handler) {
        TcpSslContextSpec spec = TcpSslContextSpec.forClient();
        context.accept(spec);
        return PlabbleClient.create(server.host(), server.port())
                .secure(ssl -> ssl.sslContext(spec).handlerConfigurator(handler))
                .trust(server.trustStore());
    }

    @Test
    void whatCannotBeASpecificationIsRefusedAtOnce() {
        PlabbleClient client = PlabbleClient.create("node.example", 4242);
        configuration("null", () -> client.secure(null));
        configuration("secure(…)", () -> client.secure(spec -> {}));
        configuration(
                "secure(…)",
                () -> client.secure(spec -> {
                    throw new IllegalStateException("no file");
                }));
        configuration("for clients", () -> client.secure(spec -> spec.sslContext(serverContext())));
        configuration(
                "serverName(…)",
                () -> client.secure(spec ->
                        spec.sslContext(TcpSslContextSpec.forClient()).serverNames(new SNIHostName("other.example"))));
        configuration(
                "wss",
                () -> PlabbleClient.create(URI.create("ws://node.example")).secure());
    }

    @Test
    void theTcpCustomiserIsNotThePlaceForIt() {
        refused(client().tcp(reactor.netty.tcp.TcpClient::secure), Reason.CONFIGURATION);
    }

    private static io.netty.handler.ssl.SslContext serverContext() {
        try {
            return SslContextBuilder.forServer(
                            Transport.CERTIFICATES.key(),
                            Transport.CERTIFICATES.chain().toArray(X509Certificate[]::new))
                    .build();
        } catch (javax.net.ssl.SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PlabbleClient client() {
        return dial(server.tlsCertificate()).trust(server.trustStore());
    }

    private PlabbleClient dial(X509Certificate authority) {
        return PlabbleClient.create(server.host(), server.port()).secure(trusting(authority));
    }

    private Consumer<reactor.netty.tcp.SslProvider.SslContextSpec> trusting(X509Certificate authority) {
        return spec -> spec.sslContext(TcpSslContextSpec.forClient()
                .configure(builder -> builder.sslProvider(provider).trustManager(authority)));
    }

    private void restart(TlsCertificates shown) {
        restart(shown, TestCertificates.forHost(server.host()));
    }

    private void restart(TlsCertificates shown, TestCertificates certificates) {
        server.close();
        server = PlabbleTestServer.builder()
                .tls(shown)
                .certificates(certificates)
                .start();
    }

    private static void works(PlabbleClient client, boolean encrypted) {
        StepVerifier.create(client.withSession(session -> session.createBucket(SessionFixture.ALL_PRIVATE)
                        .flatMap(bucket -> bucket.append("over TLS"))
                        .then(Mono.fromSupplier(session::isEncrypted))))
                .expectNext(encrypted)
                .expectComplete()
                .verify(BOUND);
    }

    private void failsSaying(String what, PlabbleClient client) {
        fails(Reason.TLS_FAILED, what, client);
    }

    private void fails(Reason reason, String what, PlabbleClient client) {
        StepVerifier.create(client.connect())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(PlabbleConnectException.class, failed -> {
                            assertThat(failed.reason()).isEqualTo(reason);
                            assertThat(failed)
                                    .hasMessageStartingWith("CONNECT to " + server.host() + ":" + server.port())
                                    .hasMessageContaining(what)
                                    .hasCauseInstanceOf(Exception.class);
                        }))
                .verify(BOUND);
    }

    private static void refused(PlabbleClient client, Reason reason) {
        StepVerifier.create(client.connect())
                .expectErrorSatisfies(error -> assertThat(((io.plabble.protocol.PlabbleException) error).reason())
                        .isEqualTo(reason))
                .verify(BOUND);
    }

    private static void configuration(String saying, Runnable setting) {
        assertThatThrownBy(setting::run)
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageContaining(saying);
    }
}
