package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.ProxyProvider;
import reactor.test.StepVerifier;

/** Names, addresses, proxies and event loops, over every transport. */
@ParameterizedClass
@EnumSource
class NetworksTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final Transport transport;
    private PlabbleTestServer server;

    NetworksTest(Transport transport) {
        this.transport = transport;
        this.server =
                transport.start(PlabbleTestServer.builder().certificates(TestCertificates.forHost("node.example")));
    }

    @AfterEach
    void everyConnectionIsClosed() {
        SessionFixture.eventually(() -> assertThat(server.openConnections()).isZero());
        server.close();
    }

    private PlabbleClient client() {
        return transport.dial(server, "node.example", server.port()).trust(server.trustStore());
    }

    @Test
    void aNameIsLookedUpAtEachConnect() {
        Addresses addresses = new Addresses("127.0.0.1");
        PlabbleClient client = client().tcp(tcp -> tcp.resolver(addresses));
        assertThat(addresses.lookUps()).isZero();

        works(client);
        works(client);

        assertThat(addresses.lookUps()).isEqualTo(2);
    }

    /** Where a service has moved to: the second connect goes to the new address. */
    @Test
    void aNameMayLeadElsewhereNextTime() {
        Addresses addresses = new Addresses("127.0.0.2", "127.0.0.1");
        works(client().tcp(tcp -> tcp.resolver(addresses)));
        addresses.nowAre("127.0.0.1");
        works(client().tcp(tcp -> tcp.resolver(addresses)));
    }

    @Test
    void whenNoAddressAnswersTheLastOnesFailureIsTold() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        fails(
                transport
                        .dial(server, "node.example", free)
                        .trust(server.trustStore())
                        .tcp(tcp -> tcp.resolver(new Addresses("127.0.0.2", "127.0.0.1"))),
                Reason.CONNECTION_REFUSED,
                "node.example:" + free);
    }

    @Test
    void anIPv6AddressIsAHostLikeAnyOther() {
        assumeTrue(hasIPv6());
        server.close();
        server = transport.start(PlabbleTestServer.builder().host("::1"));
        works(transport
                .dial(server, transport.isWebSocket() ? "[::1]" : "::1", server.port())
                .trust(server.trustStore()));
    }

    private static boolean hasIPv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProxyProvider.Proxy.class,
            names = {"HTTP", "SOCKS5"})
    void aProxyIsGivenTheNameAndVerifiedThroughAllTheSame(ProxyProvider.Proxy type) throws IOException {
        try (TestProxy proxy = new TestProxy(type, false)) {
            works(proxy.before(client()));
            assertThat(proxy.asked).containsExactly("node.example:" + server.port());

            fails(proxy.before(client().serverName("other.example")), Reason.NAME_MISMATCH, "other.example");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProxyProvider.Proxy.class,
            names = {"HTTP", "SOCKS5"})
    void aProxyThatRefusesIsToldOf(ProxyProvider.Proxy type) throws IOException {
        try (TestProxy proxy = new TestProxy(type, true)) {
            fails(proxy.before(client()), Reason.CONNECTION_FAILED, "the proxy made no connection");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nativeTransportsAreUsedWhereTheyAreAndCanBeSwitchedOff(boolean preferNative) {
        assumeTrue(Epoll.isAvailable());
        LoopResources loops = LoopResources.create("own", 1, true);
        AtomicReference<Object> channel = new AtomicReference<>();
        try {
            works(client().tcp(tcp -> tcp.resolver(new Addresses("127.0.0.1"))
                    .runOn(loops, preferNative)
                    .doOnConnected(connection -> channel.set(connection.channel()))));
            assertThat(channel.get()).isInstanceOf(preferNative ? EpollSocketChannel.class : NioSocketChannel.class);
        } finally {
            loops.disposeLater(Duration.ZERO, BOUND).block(BOUND);
        }
    }

    private static void works(PlabbleClient client) {
        StepVerifier.create(client.withSession(session -> session.createBucket(SessionFixture.ALL_PRIVATE)
                        .flatMap(bucket -> bucket.append("hello"))
                        .then(Mono.just(true))))
                .expectNext(true)
                .expectComplete()
                .verify(BOUND);
    }

    private static void fails(PlabbleClient client, Reason reason, String saying) {
        StepVerifier.create(client.connect())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(PlabbleException.class, typed -> {
                            assertThat(typed).hasMessageContaining(saying);
                            assertThat(typed.reason()).isEqualTo(reason);
                        }))
                .verify(BOUND);
    }
}
