package io.plabble.sdk.test;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.SessionRandom;
import io.plabble.protocol.internal.frame.FrameDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * An embedded Plabble server on a free port of the loopback address: correct by default, able to play faults, and able to
 * tell what it saw. A test needs two lines to have something to connect to:
 *
 * <pre>{@code
 * PlabbleTestServer server = PlabbleTestServer.start();
 * PlabbleClient client = PlabbleClient.create(server.host(), server.port()).trust(server.trustStore());
 *
 * StepVerifier.create(client.withSession(session -> Mono.just(session.sharedSecret().fingerprint())))
 *         .assertNext(fingerprint -> assertThat(server.sessions().get(0).fingerprint()).isEqualTo(fingerprint))
 *         .expectComplete()
 *         .verify(Duration.ofSeconds(10));
 *
 * server.close();
 * }</pre>
 *
 * <p>It carries out CONNECT (§4). Another packet after it closes the connection.
 */
public final class PlabbleTestServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration LIFE_CYCLE_DEADLINE = Duration.ofSeconds(10);

    private final Registry registry;
    private final TestCertificates certificates;
    private final LoopResources loops;
    private final DisposableServer server;

    private PlabbleTestServer(Builder builder) {
        SessionRandom.seeded(); // waits for entropy here, not on the event loop
        this.registry = builder.registry();
        this.certificates = builder.certificates.orElseGet(() -> TestCertificates.forHost(HOST));
        this.loops = LoopResources.create("plabble-test-server", 1, true);
        this.server = TcpServer.create()
                .runOn(loops)
                .host(HOST)
                .port(0)
                .doOnChannelInit((observer, channel, address) -> channel.pipeline()
                        .addBefore(
                                NettyPipeline.ReactiveBridge,
                                "plabble.frameDecoder",
                                new FrameDecoder(ConnectExchange.LONGEST_ANSWER))
                        .addBefore(
                                NettyPipeline.ReactiveBridge,
                                "plabble.connect",
                                new ConnectHandler(
                                        registry, certificates, builder.certificateAvailable, builder.encryption)))
                .bindNow(LIFE_CYCLE_DEADLINE);
    }

    /** A correct server with fresh certificates for {@link #host()}; blocks until it listens. */
    public static PlabbleTestServer start() {
        return builder().start();
    }

    /** To start a server that differs. */
    public static Builder builder() {
        return new Builder();
    }

    /** The loopback address, {@code 127.0.0.1}. */
    public String host() {
        return HOST;
    }

    public int port() {
        return server.port();
    }

    /** What a client has to trust to connect here. */
    public TrustStore trustStore() {
        return certificates.trustStore();
    }

    /** What a client may pin instead. */
    public IdentityKey identityKey() {
        return certificates.identity().publicKey();
    }

    /** From now on, this goes wrong at that point; replaces an earlier fault there. */
    public void fault(FaultPoint point, Fault fault) {
        registry.faults.put(point, checked(point, fault));
    }

    /** From now on, nothing goes wrong. */
    public void clearFaults() {
        registry.faults.clear();
    }

    /** How many connections have been accepted so far. */
    public int accepted() {
        return registry.accepted.get();
    }

    /** How many connections are open now. */
    public int openConnections() {
        return registry.open.size();
    }

    /** The well-formed CONNECT requests so far, in order. */
    public List<SeenRequest> requests() {
        return List.copyOf(registry.requests);
    }

    /** The sessions made so far, in order, whether or not they are still open. */
    public List<ServerSession> sessions() {
        return List.copyOf(registry.sessions);
    }

    /** Closes every open connection from this end; the server goes on listening. */
    public void closeConnections() {
        registry.open.close();
    }

    /** Stops listening and closes every connection; blocks until that is done. */
    @Override
    public void close() {
        registry.open.close().awaitUninterruptibly(LIFE_CYCLE_DEADLINE.toMillis());
        try {
            server.disposeNow(LIFE_CYCLE_DEADLINE);
        } finally {
            loops.disposeLater(Duration.ZERO, LIFE_CYCLE_DEADLINE).block(LIFE_CYCLE_DEADLINE);
        }
    }

    private static Fault checked(FaultPoint point, Fault fault) {
        if (fault instanceof Fault.Rewrite && point != FaultPoint.RESPONSE) {
            throw new PlabbleConfigurationException(
                    "fault: there is an answer to change at RESPONSE only, not at " + point);
        }
        return fault;
    }

    /** Collects what differs from a correct server. */
    public static final class Builder {
        private final Map<FaultPoint, Fault> faults = new ConcurrentHashMap<>();
        private Optional<TestCertificates> certificates = Optional.empty();
        private boolean certificateAvailable = true;
        private boolean encryption = true;

        private Builder() {}

        /** The server's chain and key. */
        public Builder certificates(TestCertificates made) {
            this.certificates = Optional.of(made);
            return this;
        }

        /** Answers ERROR 31 to whoever asks for the chain. */
        public Builder withoutCertificate() {
            this.certificateAvailable = false;
            return this;
        }

        /** Answers ERROR 32 to whoever asks for encryption. */
        public Builder withoutEncryption() {
            this.encryption = false;
            return this;
        }

        /** As {@link PlabbleTestServer#fault}. */
        public Builder fault(FaultPoint point, Fault fault) {
            faults.put(point, checked(point, fault));
            return this;
        }

        /** Blocks until the server listens. */
        public PlabbleTestServer start() {
            return new PlabbleTestServer(this);
        }

        private Registry registry() {
            Registry registry = new Registry();
            registry.faults.putAll(faults);
            return registry;
        }
    }
}
