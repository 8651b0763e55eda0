package io.plabble.sdk.test;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.HkdfSha256;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.crypto.SessionRandom;
import io.plabble.protocol.internal.frame.DynamicLength;
import io.plabble.protocol.internal.frame.FrameDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
 * <p>It carries out the whole protocol over TCP: CONNECT (§4), then every request of §8, in both ways of protection (§7), on
 * buckets that it keeps in memory for all its connections. Everything happens on one event loop thread, in the order in which it
 * came; what may be asked of the server may be asked by any thread.
 */
public final class PlabbleTestServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration LIFE_CYCLE_DEADLINE = Duration.ofSeconds(10);

    private final Registry registry;
    private final Settings settings;
    private final LoopResources loops;
    private final DisposableServer server;

    private PlabbleTestServer(Builder builder) {
        SessionRandom.seeded(); // waits for entropy and files here, not on the event loop
        HkdfSha256.load();
        this.registry = builder.registry();
        this.settings = builder.settings();
        this.loops = LoopResources.create("plabble-test-server", 1, true);
        this.server = TcpServer.create()
                .runOn(loops)
                .host(HOST)
                .port(0)
                .doOnChannelInit((observer, channel, address) -> {
                    FrameDecoder decoder = new FrameDecoder(ConnectExchange.LONGEST_ANSWER);
                    channel.pipeline()
                            .addBefore(NettyPipeline.ReactiveBridge, "plabble.frameDecoder", decoder)
                            .addBefore(
                                    NettyPipeline.ReactiveBridge,
                                    "plabble.connect",
                                    new ConnectHandler(registry, settings, decoder));
                })
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
        return settings.certificates().trustStore();
    }

    /** What a client may pin instead. */
    public IdentityKey identityKey() {
        return settings.certificates().identity().publicKey();
    }

    /**
     * From now on, this goes wrong at that point; replaces an earlier fault there. What an earlier {@link Fault#hold} holds stays
     * held until {@link #release}.
     *
     * @throws PlabbleConfigurationException for a fault that has no place there
     */
    public void fault(FaultPoint point, Fault fault) {
        registry.faults.set(point, fault);
    }

    /** From now on, nothing goes wrong; what is held goes on. */
    public void clearFaults() {
        registry.faults.clear();
        goOn();
    }

    /**
     * Everything held goes on, in order, and nothing more is held: takes back every {@link Fault#hold}, and leaves other faults.
     * Does not wait until it has happened.
     */
    public void release() {
        registry.faults.clearHolds();
        goOn();
    }

    private void goOn() {
        registry.live.forEach(SessionHandler::release);
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

    /**
     * How many requests of this type have been received after CONNECT, whatever was then done about them: by what their headers
     * say, which nobody need have vouched for.
     */
    public long received(PacketType type) {
        return registry.received(type);
    }

    /** The subscriptions that are held now, of all connections. */
    public List<ServerSubscription> subscriptions() {
        return registry.subscriptions();
    }

    /** The filled slots of a bucket in index order, or empty if there is no such bucket. */
    public Optional<List<Slot>> bucket(BucketId id) {
        return registry.buckets.find(id).map(bucket -> bucket.read(SlotRange.all()));
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

    /** Collects what differs from a correct server. */
    public static final class Builder {
        private static final int DEFAULT_MAX_PACKET_SIZE = 16 * 1024 * 1024;

        private final Faults faults = new Faults();
        private Optional<TestCertificates> certificates = Optional.empty();
        private boolean certificateAvailable = true;
        private boolean encryption = true;
        private Supplier<SessionKeyPair> keyPairs = () -> SessionKeyPair.generate(SessionRandom.seeded());
        private Clock clock = Clock.systemUTC();
        private int maxPacketSize = DEFAULT_MAX_PACKET_SIZE;
        private int largestContent = Integer.MAX_VALUE;
        private int firstClientCounter;
        private int firstServerCounter;
        private boolean updatesOfSeveralSlots;

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

        /** What the lifetimes of buckets (§8) are measured by; by default the system's. */
        public Builder clock(Clock chosen) {
            this.clock = chosen;
            return this;
        }

        /**
         * Answers ERROR 5 to whoever puts or appends a longer content; by default only the packet limits it.
         *
         * @param bytes 0 or more
         */
        public Builder largestContent(int bytes) {
            require(bytes >= 0, "largest content: " + bytes + " bytes");
            this.largestContent = bytes;
            return this;
        }

        /**
         * The longest request after CONNECT, without Length; a longer one closes the connection. By default 16 MiB.
         *
         * @param bytes 1 to 268,435,455
         */
        public Builder maxPacketSize(int bytes) {
            require(bytes >= 1 && bytes <= DynamicLength.MAX, "longest packet: " + bytes + " bytes");
            this.maxPacketSize = bytes;
            return this;
        }

        /**
         * Every session starts with these counters (§6) instead of 0, as if it had already gone on for long. The other end has to
         * do the same.
         *
         * @param client of the first request after CONNECT, 0 to 65,534
         * @param server of the first answer after CONNECT, 0 to 65,534
         */
        public Builder firstCounters(int client, int server) {
            require(client >= 0 && client <= Counters.LAST, "first client counter: " + client);
            require(server >= 0 && server <= Counters.LAST, "first server counter: " + server);
            this.firstClientCounter = client;
            this.firstServerCounter = server;
            return this;
        }

        /** One update carries all that a request has changed in the subscriber's range, instead of one slot each. */
        public Builder updatesOfSeveralSlots() {
            this.updatesOfSeveralSlots = true;
            return this;
        }

        /** A key pair for every connection, which is erased after use. */
        Builder keyPairs(Supplier<SessionKeyPair> chosen) {
            this.keyPairs = chosen;
            return this;
        }

        /** As {@link PlabbleTestServer#fault}. */
        public Builder fault(FaultPoint point, Fault fault) {
            faults.set(point, fault);
            return this;
        }

        /** Blocks until the server listens. */
        public PlabbleTestServer start() {
            return new PlabbleTestServer(this);
        }

        private Registry registry() {
            return new Registry(faults.copy(), clock);
        }

        private Settings settings() {
            return new Settings(
                    certificates.orElseGet(() -> TestCertificates.forHost(HOST)),
                    certificateAvailable,
                    encryption,
                    keyPairs,
                    maxPacketSize,
                    largestContent,
                    firstClientCounter,
                    firstServerCounter,
                    updatesOfSeveralSlots);
        }

        private static void require(boolean condition, String otherwise) {
            if (!condition) {
                throw new PlabbleConfigurationException("test server: " + otherwise);
            }
        }
    }
}
