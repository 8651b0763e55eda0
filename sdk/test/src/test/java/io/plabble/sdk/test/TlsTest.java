package io.plabble.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import io.plabble.protocol.PlabbleConfigurationException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of TLS finds. That packets are the same as without is tested where they are. */
class TlsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void isCertifiedForItsAddressAndForLocalhost(String name) throws IOException {
        try (PlabbleTestServer server = PlabbleTestServer.builder().tls().start();
                PlainSocket socket = new PlainSocket(server, name)) {
            assertThat(socket.tlsProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void isNotCertifiedForOtherNames() {
        try (PlabbleTestServer server = PlabbleTestServer.builder().tls().start()) {
            refuses(server, "other.example");
        }
    }

    @Test
    void mayBeCertifiedForOtherNamesOnly() throws IOException {
        TlsCertificates made = TlsCertificates.forNames("node.example", "10.0.0.1", "2001:db8::1");
        try (PlabbleTestServer server = PlabbleTestServer.builder().tls(made).start()) {
            for (String name : List.of("node.example", "10.0.0.1", "2001:db8::1")) {
                new PlainSocket(server, name).close();
            }
            refuses(server, "127.0.0.1");
            refuses(server, "sub.node.example");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ecp384", "rsa2048", "ed25519"})
    void anyKindOfKeyServesInEveryVersion(Algorithm kind) throws Exception {
        X509Bundle made = new CertificateBuilder()
                .algorithm(kind)
                .subject("CN=another maker's")
                .setIsCertificateAuthority(true)
                .addSanDnsName("localhost")
                .buildSelfSigned();
        X509Certificate certificate = made.getCertificate();
        TlsCertificates certificates = new TlsCertificates(
                certificate, List.of(certificate), made.getKeyPair().getPrivate());
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (PlabbleTestServer server = PlabbleTestServer.builder()
                            .tls(certificates)
                            .tlsProtocols(version)
                            .start();
                    PlainSocket socket = new PlainSocket(server, "localhost")) {
                assertThat(socket.tlsProtocol()).isEqualTo(version);
            }
        }
    }

    @Test
    void aCertificateMayHaveSignedItself() throws IOException {
        TlsCertificates made = TlsCertificates.builder("localhost").selfSigned().build();
        assertThat(made.chain()).containsExactly(made.ca());
        try (PlabbleTestServer server = PlabbleTestServer.builder().tls(made).start()) {
            assertThat(server.tlsCertificate()).isEqualTo(made.ca());
            new PlainSocket(server, "localhost").close();
        }
    }

    @Test
    void aCertificateMayHaveExpired() {
        Instant end = Instant.now().minusSeconds(100);
        TlsCertificates made = TlsCertificates.builder("localhost")
                .valid(end.minusSeconds(100), end)
                .build();
        assertThat(made.chain().get(0).getNotAfter().toInstant().getEpochSecond())
                .isEqualTo(end.getEpochSecond());
        try (PlabbleTestServer server = PlabbleTestServer.builder().tls(made).start()) {
            refuses(server, "localhost");
        }
    }

    @Test
    void everyServerHasACaOfItsOwn() {
        try (PlabbleTestServer one = PlabbleTestServer.builder().tls().start();
                PlabbleTestServer other = PlabbleTestServer.builder().tls().start()) {
            SSLContext trusting = PlainSocket.trusting(other.tlsCertificate());
            assertThatThrownBy(() -> handshake(trusting, one)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void readsItsChainAndKeyFromPemFiles() throws IOException {
        TlsCertificates made = TlsCertificates.forNames("localhost");
        Path chain = write("chain.pem", pem(made.chain().get(0)), pem(made.ca()));
        Path key = write("key.pem", pem("PRIVATE KEY", made.key().getEncoded()));
        try (PlabbleTestServer server =
                PlabbleTestServer.builder().tls(chain, key).start()) {
            assertThat(server.tlsCertificate()).isEqualTo(made.ca());
            new PlainSocket(server, "localhost").close();
        }
    }

    @Test
    void pemFilesThatAreAtFaultAreNamed() throws IOException {
        TlsCertificates made = TlsCertificates.forNames("localhost");
        String keyBlock = pem("PRIVATE KEY", made.key().getEncoded());
        Path chain = write("chain.pem", pem(made.chain().get(0)));
        Path key = write("key.pem", keyBlock);
        refuses(directory.resolve("none.pem"), key, "none.pem");
        refuses(chain, directory.resolve("none.pem"), "none.pem");
        refuses(key, chain, "key.pem");
        refuses(write("garbled.pem", pem("CERTIFICATE", new byte[] {1, 2, 3})), key, "garbled.pem");
        refuses(chain, write("garbledKey.pem", pem("PRIVATE KEY", new byte[] {1, 2, 3})), "garbledKey.pem");
        byte[] other = TlsCertificates.forNames("localhost").key().getEncoded();
        refuses(chain, write("otherKey.pem", pem("PRIVATE KEY", other)), "otherKey.pem");
        refuses(chain, write("twoKeys.pem", keyBlock, keyBlock), "twoKeys.pem");
        refuses(chain, write("encrypted.pem", pem("ENCRYPTED PRIVATE KEY", new byte[3])), "encrypted.pem");
    }

    @Test
    void speaksTheChosenVersionsOnly() throws IOException {
        try (PlabbleTestServer server =
                PlabbleTestServer.builder().tls().tlsProtocols("TLSv1.2").start()) {
            try (PlainSocket socket = new PlainSocket(server)) {
                assertThat(socket.tlsProtocol()).isEqualTo("TLSv1.2");
            }
            SSLContext trusting = PlainSocket.trusting(server.tlsCertificate());
            assertThatThrownBy(() -> handshake(trusting, server, "TLSv1.3")).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void whoDoesNotSpeakTlsIsCutOff() throws IOException {
        try (PlabbleTestServer server = PlabbleTestServer.builder().tls().start();
                Socket tcp = new Socket(server.host(), server.port())) {
            tcp.setSoTimeout((int) Packets.BOUND.toMillis());
            tcp.getOutputStream().write(PlainSocket.framed(new byte[34]));
            tcp.getInputStream().readAllBytes();
            Packets.await(() -> server.openConnections() == 0);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void settingsThatCannotBeRightAreRefused() {
        PlabbleTestServer.Builder builder = PlabbleTestServer.builder();
        assertThatThrownBy(() -> builder.tlsProtocols()).isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> builder.tlsProtocols("TLSv1.3", "TLSv9"))
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageContaining("TLSv9");
        assertThatThrownBy(() -> builder.tlsProtocols("TLSv1.3").start())
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageContaining("without TLS");
        assertThatThrownBy(TlsCertificates::forNames).isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> TlsCertificates.forNames("not a name"))
                .isInstanceOf(PlabbleConfigurationException.class);
        TlsCertificates.Builder certificates = TlsCertificates.builder("localhost");
        assertThatThrownBy(() -> certificates.valid(Instant.MAX, Instant.MIN))
                .isInstanceOf(PlabbleConfigurationException.class);
        TlsCertificates made = certificates.build();
        assertThatThrownBy(() -> new TlsCertificates(made.ca(), List.of(), made.key()))
                .isInstanceOf(PlabbleConfigurationException.class);
    }

    private static void refuses(PlabbleTestServer server, String name) {
        assertThatThrownBy(() -> new PlainSocket(server, name)).isInstanceOf(SSLException.class);
    }

    private static void refuses(Path chain, Path key, String named) {
        assertThatThrownBy(() -> PlabbleTestServer.builder().tls(chain, key))
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageContaining(named);
    }

    private static void handshake(SSLContext trusting, PlabbleTestServer server, String... protocols)
            throws IOException {
        try (Socket tcp = new Socket(server.host(), server.port());
                SSLSocket socket =
                        (SSLSocket) trusting.getSocketFactory().createSocket(tcp, server.host(), server.port(), true)) {
            tcp.setSoTimeout((int) Packets.BOUND.toMillis());
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            socket.startHandshake();
        }
    }

    private Path write(String name, String... blocks) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("", blocks));
    }

    private static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }
}
