package io.plabble.sdk.test;

import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.NetUtil;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.internal.crypto.Engines;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.crypto.SessionRandom;
import io.plabble.protocol.internal.frame.DynamicLength;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * An embedded Plabble server, by default on a free port of the loopback address: correct unless told otherwise, able to play
 * faults, and able to tell what it saw. A test needs two lines to have something to connect to:
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
 * <p>It speaks one of the transports of §1: TCP, with TLS or without, and WebSocket on either. Over all of them it carries out
 * the whole protocol: CONNECT (§4), then every request of §8, in both ways of protection (§7), on
 * buckets that it keeps in memory for all its connections. Everything happens on one event loop thread, in the order in which it
 * came; what may be asked of the server may be asked by any thread.
 */
public final class PlabbleTestServer implements AutoCloseable {
    private static final Duration LIFE_CYCLE_DEADLINE = Duration.ofSeconds(10);

    private final Registry registry;
    private final Settings settings;
    private final String host;
    private final Transport transport;
    private final LoopResources loops;
    private final DisposableServer server;
    private volatile boolean closed;

    private PlabbleTestServer(Builder builder) {
        SessionRandom.seeded(); // waits for entropy and files here, not on the event loop
        Engines.load();
        this.registry = builder.registry();
        this.settings = builder.settings();
        this.host = builder.host;
        this.transport = builder.transport();
        this.loops = LoopResources.create("plabble-test-server", 1, true);
        this.server = bind(builder.port);
    }

    private DisposableServer bind(int port) {
        try {
            return TcpServer.create()
                    .runOn(loops)
                    .host(host)
                    .port(port)
                    .doOnChannelInit((observer, channel, address) -> {
                        channel.pipeline()
                                .addFirst("plabble.accept", new AcceptHandler(registry))
                                .addFirst("plabble.lingeringClose", new LingeringClose());
                        Wire wire = transport.install(channel);
                        channel.pipeline()
                                .addBefore(
                                        NettyPipeline.ReactiveBridge,
                                        "plabble.connect",
                                        new ConnectHandler(registry, settings, wire));
                    })
                    .bindNow(LIFE_CYCLE_DEADLINE);
        } catch (ChannelBindException e) {
            loops.dispose();
            throw new PlabbleConfigurationException("test server: cannot listen: " + e.getMessage(), e);
        }
    }

    /** A correct server with fresh certificates for {@link #host()}; blocks until it listens. */
    public static PlabbleTestServer start() {
        return builder().start();
    }

    /** To start a server that differs. */
    public static Builder builder() {
        return new Builder();
    }

    /** The address it listens at, as it was set; by default {@code 127.0.0.1}. */
    public String host() {
        return host;
    }

    public int port() {
        return server.port();
    }

    /**
     * Where it speaks WebSocket: {@code ws://host:port/path}, or {@code wss} with TLS. An IPv6 address is in brackets.
     *
     * @throws PlabbleConfigurationException if it does not speak WebSocket
     */
    public URI uri() {
        String path = transport
                .webSocketPath()
                .orElseThrow(
                        () -> new PlabbleConfigurationException("test server: no URI, as it does not speak WebSocket"));
        String scheme = transport.tls().isPresent() ? "wss" : "ws";
        String authority = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return URI.create(scheme + "://" + authority + ":" + port() + path);
    }

    /**
     * What a client of TLS has to trust: the CA, with PEM files the last certificate of the chain. It has nothing to do with
     * {@link #trustStore()}, which is about Plabble's own certificates (§5).
     *
     * @throws PlabbleConfigurationException if it does not speak TLS
     */
    public X509Certificate tlsCertificate() {
        return transport
                .tls()
                .map(Tls::ca)
                .orElseThrow(() ->
                        new PlabbleConfigurationException("test server: no TLS certificate, as it does not speak TLS"));
    }

    boolean speaksTls() {
        return transport.tls().isPresent();
    }

    boolean speaksWebSocket() {
        return transport.webSocketPath().isPresent();
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
     * Sends a Ping (RFC 6455 §5.5.2) to every client that is connected. Does not wait for the Pongs.
     *
     * @throws PlabbleConfigurationException if the server does not speak WebSocket
     */
    public void ping() {
        if (!speaksWebSocket()) {
            throw new PlabbleConfigurationException("test server: no Ping, as it does not speak WebSocket");
        }
        registry.open.writeAndFlush(new PingWebSocketFrame());
    }

    /**
     * From now on, this goes wrong at that point; replaces an earlier fault there. What an earlier {@link Fault#hold} holds stays
     * held until {@link #release}.
     *
     * @throws PlabbleConfigurationException for a fault that has no place there, or none on this server's transport
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

    /** The well-formed CONNECT requests so far, in order; of more than 10,000, the last. */
    public List<SeenRequest> requests() {
        return registry.requests.list();
    }

    /** The sessions made so far, in order, whether or not they are still open; of more than 10,000, the last. */
    public List<ServerSession> sessions() {
        return registry.sessions.list();
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

    /**
     * Stops listening and closes every connection; blocks until that is done. What it has seen may still be asked for, and another
     * server may go on with its buckets ({@link Builder#bucketsOf}).
     */
    @Override
    public void close() {
        registry.open.close().awaitUninterruptibly(LIFE_CYCLE_DEADLINE.toMillis());
        try {
            server.disposeNow(LIFE_CYCLE_DEADLINE);
        } finally {
            loops.disposeLater(Duration.ZERO, LIFE_CYCLE_DEADLINE).block(LIFE_CYCLE_DEADLINE);
        }
        closed = true; // not before: now the event loop changes nothing any more
    }

    /** Collects what differs from a correct server. */
    public static final class Builder {
        private static final int DEFAULT_MAX_PACKET_SIZE = 16 * 1024 * 1024;

        private static final int GREATEST_PORT = 65_535;

        private final Faults faults = new Faults(true); // the transport may be chosen later
        private String host = "127.0.0.1";
        private int port;
        private Optional<Function<String, TlsCertificates>> tls = Optional.empty();
        private List<String> tlsProtocols = List.of();
        private Optional<String> webSocketPath = Optional.empty();
        private Optional<TestCertificates> certificates = Optional.empty();
        private boolean certificateAvailable = true;
        private boolean encryption = true;
        private Supplier<SessionKeyPair> keyPairs = () -> SessionKeyPair.generate(SessionRandom.seeded());
        private Clock clock = Clock.systemUTC();
        private Optional<PlabbleTestServer> earlier = Optional.empty();
        private int maxPacketSize = DEFAULT_MAX_PACKET_SIZE;
        private int largestContent = Integer.MAX_VALUE;
        private int firstClientCounter;
        private int firstServerCounter;
        private boolean updatesOfSeveralSlots;

        private Builder() {}

        /**
         * Listens at this address, by default {@code 127.0.0.1}; {@code 0.0.0.0} and {@code ::} are every address of the machine.
         *
         * @param address an IPv4 or IPv6 literal, without brackets or zone
         */
        public Builder host(String address) {
            require(
                    NetUtil.isValidIpV4Address(address)
                            || (NetUtil.isValidIpV6Address(address) && address.matches("[0-9A-Fa-f:.]+")),
                    "host: \"" + address + "\" is no IP address");
            this.host = address;
            return this;
        }

        /**
         * Listens at this port, by default at a free one.
         *
         * @param number 0 to 65,535; 0 is a free port
         */
        public Builder port(int number) {
            require(number >= 0 && number <= GREATEST_PORT, "port: " + number);
            this.port = number;
            return this;
        }

        /**
         * Speaks TLS, with a fresh CA and a certificate for {@code localhost}, {@code 127.0.0.1} and the host. Clients trust
         * {@link PlabbleTestServer#tlsCertificate()}.
         */
        public Builder tls() {
            this.tls = Optional.of(address -> TlsCertificates.forNames(
                    Stream.of("localhost", "127.0.0.1", address).distinct().toArray(String[]::new)));
            return this;
        }

        /** Speaks TLS with these certificates. */
        public Builder tls(TlsCertificates made) {
            this.tls = Optional.of(address -> made);
            return this;
        }

        /**
         * Speaks TLS with the certificates and the key of these files, which are read now.
         *
         * @param certificateChainPem X.509 certificates, the server's first
         * @param privateKeyPem the first certificate's key as PKCS#8, not encrypted
         * @throws PlabbleConfigurationException naming the file that is at fault
         */
        public Builder tls(Path certificateChainPem, Path privateKeyPem) {
            return tls(TlsCertificates.ofPem(certificateChainPem, privateKeyPem));
        }

        /**
         * Speaks these versions of TLS only, by default those that the JDK speaks by default. Needs TLS.
         *
         * @param versions such as {@code TLSv1.3}; at least one
         */
        public Builder tlsProtocols(String... versions) {
            require(
                    versions.length > 0 && Tls.PROTOCOLS.containsAll(List.of(versions)),
                    "TLS protocols: " + List.of(versions) + ", known are " + Tls.PROTOCOLS);
            this.tlsProtocols = List.of(versions);
            return this;
        }

        /**
         * Speaks WebSocket (RFC 6455): one binary message is one packet, without Length (§1). A request for another path is
         * answered 404.
         *
         * @param path such as {@code /plabble}, as it stands in a URI; no query
         */
        public Builder webSocket(String path) {
            require(isPath(path), "WebSocket path: \"" + path + "\" is no path of a URI that begins with /");
            this.webSocketPath = Optional.of(path);
            return this;
        }

        private static boolean isPath(String path) {
            try {
                URI uri = URI.create(path);
                return path.startsWith("/") && path.equals(uri.getRawPath()) && path.equals(uri.toASCIIString());
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        /** The server's chain and key in CONNECT (§4); by default fresh ones for the host. */
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
         * Begins with the buckets of another server, as after a restart: with their contents, their keys and what is left of their
         * lifetimes. Buckets that their creator did not want persisted are gone, and so are subscriptions, which end with their
         * sessions (§8). The earlier server keeps what it had, so that one state may be the beginning of many servers.
         *
         * <p>Nothing else is taken over: a server that clients are to take for the earlier one needs its {@link #port} and its
         * {@link #certificates} too, and the {@link #clock} if that was another than the system's.
         *
         * @param server has to be closed when the new one is started
         */
        public Builder bucketsOf(PlabbleTestServer server) {
            this.earlier = Optional.of(server);
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

        /**
         * Blocks until the server listens.
         *
         * @throws PlabbleConfigurationException if it cannot, or if settings contradict each other
         */
        public PlabbleTestServer start() {
            return new PlabbleTestServer(this);
        }

        private Registry registry() {
            Registry registry = new Registry(faults.copy(webSocketPath.isPresent()), clock);
            earlier.ifPresent(server -> {
                require(server.closed, "buckets of a server that is not closed");
                registry.buckets.restore(server.registry.buckets);
            });
            return registry;
        }

        private Transport transport() {
            require(tlsProtocols.isEmpty() || tls.isPresent(), "TLS protocols without TLS");
            return new Transport(tls.map(made -> Tls.of(made.apply(host), tlsProtocols)), webSocketPath);
        }

        private Settings settings() {
            return new Settings(
                    certificates.orElseGet(() -> TestCertificates.forHost(host)),
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
