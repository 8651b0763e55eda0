package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.sdk.test.PlabbleTestServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** An application that has excluded Netty's HTTP codec: WebSocket is not available, and all else is. */
class WithoutHttpCodecTest {
    private static final String CODEC = "io.netty.handler.codec.http.";
    private static final String PORT = "plabble.test.port";
    private static final String PIN = "plabble.test.pin";

    @Test
    void webSocketIsRefusedWithTheNameOfWhatIsMissing() throws Exception {
        try (ClassesWithout loader = new ClassesWithout(CODEC)) {
            assertThat(loader.call(AskForWebSocket.class)).asString().contains("io.netty:netty-codec-http");
        }
    }

    @Test
    void overTcpNothingIsMissed() throws Exception {
        try (PlabbleTestServer server = PlabbleTestServer.start();
                ClassesWithout loader = new ClassesWithout(CODEC)) {
            System.setProperty(PORT, String.valueOf(server.port()));
            System.setProperty(PIN, server.identityKey().toString());
            assertThat(loader.call(ConnectOverTcp.class)).isEqualTo(true);
        } finally {
            System.clearProperty(PORT);
            System.clearProperty(PIN);
        }
    }

    /** Run with its own classes. */
    public static final class AskForWebSocket implements Callable<String> {
        @Override
        public String call() {
            try {
                return PlabbleClient.create(URI.create("ws://node.example")).toString();
            } catch (PlabbleConfigurationException e) {
                return e.getMessage();
            }
        }
    }

    /** Run with its own classes. */
    public static final class ConnectOverTcp implements Callable<Boolean> {
        @Override
        public Boolean call() {
            return PlabbleClient.create("127.0.0.1", Integer.getInteger(PORT))
                    .pin(IdentityKey.ofHex(System.getProperty(PIN)))
                    .withSession(session -> Mono.just(session.isEncrypted()))
                    .blockLast(Duration.ofSeconds(20));
        }
    }
}
