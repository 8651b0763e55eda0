package io.plabble.sdk.benchmarks;

import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.test.PlabbleTestServer;
import reactor.netty.tcp.TcpSslContextSpec;

/** What packets travel over. By default, Plabble encrypts over TCP and WebSocket, and leaves it to TLS where there is TLS. */
public enum Transport {
    TCP {
        @Override
        PlabbleTestServer start() {
            return PlabbleTestServer.start();
        }

        @Override
        PlabbleClient dial(PlabbleTestServer server) {
            return PlabbleClient.create(server.host(), server.port());
        }
    },
    TLS {
        @Override
        PlabbleTestServer start() {
            return PlabbleTestServer.builder().tls().start();
        }

        @Override
        PlabbleClient dial(PlabbleTestServer server) {
            return TCP.dial(server)
                    .secure(spec -> spec.sslContext(TcpSslContextSpec.forClient()
                            .configure(builder -> builder.trustManager(server.tlsCertificate()))));
        }
    },
    WEB_SOCKET {
        @Override
        PlabbleTestServer start() {
            return PlabbleTestServer.builder().webSocket("/plabble").start();
        }

        @Override
        PlabbleClient dial(PlabbleTestServer server) {
            return PlabbleClient.create(server.uri());
        }
    };

    abstract PlabbleTestServer start();

    /** A client that has yet to be told of Plabble's own trust. */
    abstract PlabbleClient dial(PlabbleTestServer server);
}
