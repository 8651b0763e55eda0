package io.plabble.sdk;

import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TlsCertificates;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import reactor.netty.tcp.SslProvider;
import reactor.netty.tcp.TcpSslContextSpec;

/** What packets can travel over; the same tests run over each. */
enum Transport {
    TCP(false, false),
    TLS(true, false),
    WEB_SOCKET(false, true),
    WEB_SOCKET_OVER_TLS(true, true);

    /** Made once: keys take time. For each name that a test asks for, so that it is Plabble's verification that refuses it. */
    static final TlsCertificates CERTIFICATES =
            TlsCertificates.forNames("127.0.0.1", "::1", "localhost", "node.example", "other.example");

    private final boolean tls;
    private final boolean webSocket;

    Transport(boolean tls, boolean webSocket) {
        this.tls = tls;
        this.webSocket = webSocket;
    }

    boolean isSecured() {
        return tls;
    }

    boolean isWebSocket() {
        return webSocket;
    }

    /** As the SDK names it. */
    String code() {
        return webSocket ? tls ? "wss" : "ws" : tls ? "tls" : "tcp";
    }

    PlabbleTestServer start() {
        return start(PlabbleTestServer.builder());
    }

    PlabbleTestServer start(PlabbleTestServer.Builder builder) {
        if (tls) {
            builder.tls(CERTIFICATES);
        }
        if (webSocket) {
            builder.webSocket("/plabble");
        }
        return builder.start();
    }

    /** A client that trusts the server as far as the transport goes, and has yet to be told of Plabble's own trust. */
    PlabbleClient dial(PlabbleTestServer server) {
        return dial(server, server.host(), server.port());
    }

    /** As {@link #dial(PlabbleTestServer)}, at another address. */
    PlabbleClient dial(PlabbleTestServer server, String host, int port) {
        PlabbleClient client = webSocket
                ? PlabbleClient.create(URI.create((tls ? "wss" : "ws") + "://" + host + ":" + port + "/plabble"))
                : PlabbleClient.create(host, port);
        return tls ? client.secure(trusting(server.tlsCertificate())) : client;
    }

    static Consumer<SslProvider.SslContextSpec> trusting(X509Certificate authority) {
        return spec ->
                spec.sslContext(TcpSslContextSpec.forClient().configure(builder -> builder.trustManager(authority)));
    }
}
