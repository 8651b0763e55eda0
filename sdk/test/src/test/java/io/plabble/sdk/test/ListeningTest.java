package io.plabble.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.PlabbleConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the server listens, and what it says about that. */
class ListeningTest {
    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void listensAtAnIpv6AddressAndIsCertifiedForIt(TestTransport transport) throws IOException {
        Assumptions.assumeTrue(hasIpv6Loopback());
        try (PlabbleTestServer server = transport.builder().host("::1").start();
                RawClient client = RawClient.connect(server)) { // which checks the name in the TLS certificate
            assertThat(server.host()).isEqualTo("::1");
            assertThat(client.code(RawClient.putting(RawClient.id()), null)).isEqualTo(21);
            if (transport.isWebSocket()) {
                assertThat(server.uri().getHost()).isEqualTo("[::1]");
                assertThat(server.uri().getPort()).isEqualTo(server.port());
            }
        }
    }

    private static boolean hasIpv6Loopback() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void listensAtEveryAddressAndSaysWhatWasSet() throws IOException {
        try (PlabbleTestServer server =
                        PlabbleTestServer.builder().host("0.0.0.0").start();
                RawClient client = RawClient.connect(server)) {
            assertThat(server.host()).isEqualTo("0.0.0.0");
            assertThat(client.code(RawClient.putting(RawClient.id()), null)).isEqualTo(21);
        }
    }

    @Test
    void listensAtAChosenPortAndSaysIfThatIsTaken() {
        try (PlabbleTestServer first = PlabbleTestServer.start()) {
            int port = first.port();
            assertThatThrownBy(() -> PlabbleTestServer.builder().port(port).start())
                    .isInstanceOf(PlabbleConfigurationException.class)
                    .hasMessageContaining("cannot listen");
            first.close();
            try (PlabbleTestServer second =
                    PlabbleTestServer.builder().port(port).start()) {
                assertThat(second.port()).isEqualTo(port);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void tellsItsUriAndItsTlsCertificateIfItHasThem(TestTransport transport) {
        try (PlabbleTestServer server = transport.start()) {
            String rest = "://127.0.0.1:" + server.port() + "/plabble";
            switch (transport) {
                case TCP, TLS -> assertThatThrownBy(server::uri).isInstanceOf(PlabbleConfigurationException.class);
                case WEB_SOCKET -> assertThat(server.uri()).isEqualTo(URI.create("ws" + rest));
                case SECURE_WEB_SOCKET -> assertThat(server.uri()).isEqualTo(URI.create("wss" + rest));
            }
            switch (transport) {
                case TCP, WEB_SOCKET ->
                    assertThatThrownBy(server::tlsCertificate).isInstanceOf(PlabbleConfigurationException.class);
                case TLS, SECURE_WEB_SOCKET ->
                    assertThat(server.tlsCertificate().getBasicConstraints())
                            .as("it is a CA's")
                            .isNotNegative();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "127.1", "[::1]", "::1%lo", "fe80::1%1", "127.0.0.1:80", "256.0.0.1"})
    void aHostThatIsNoAddressIsRefused(String host) {
        assertThatThrownBy(() -> PlabbleTestServer.builder().host(host))
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageContaining("host");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void aPortThatIsNoneIsRefused(int port) {
        assertThatThrownBy(() -> PlabbleTestServer.builder().port(port))
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageContaining("port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plabble", "//plabble", "/a?b", "/a#b", "/a b", "/\u00e4", "/%", "http://a/b"})
    void aWebSocketPathThatIsNoneIsRefused(String path) {
        assertThatThrownBy(() -> PlabbleTestServer.builder().webSocket(path))
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageContaining("path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/b", "/%C3%A4", "/a;b=c"})
    void otherWebSocketPathsAreTaken(String path) throws IOException {
        try (PlabbleTestServer server =
                        PlabbleTestServer.builder().webSocket(path).start();
                RawClient client = RawClient.connect(server)) {
            assertThat(server.uri().getRawPath()).isEqualTo(path);
            assertThat(client.code(RawClient.putting(RawClient.id()), null)).isEqualTo(21);
        }
    }
}
