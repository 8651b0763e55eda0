package io.plabble.sdk;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.internal.frame.DynamicLength;
import io.plabble.sdk.internal.Connector;
import io.plabble.sdk.internal.Endpoint;
import io.plabble.sdk.internal.Limits;
import io.plabble.sdk.internal.Network;
import io.plabble.sdk.internal.Origins;
import io.plabble.sdk.internal.Settings;
import io.plabble.sdk.internal.Tls;
import io.plabble.sdk.internal.Verification;
import io.plabble.sdk.internal.Warmup;
import io.plabble.sdk.internal.WebSocketUri;
import io.plabble.sdk.internal.sessions.KeptSessions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.tcp.SslProvider;
import reactor.netty.tcp.TcpClient;

/**
 * Connects to a Plabble server and verifies it.
 *
 * <pre>{@code
 * PlabbleClient client = PlabbleClient.create("node.example", 4242)
 *         .trust(TrustStore.roots(Path.of("roots.pem")));
 *
 * Flux<String> fingerprint = client.withSession(session -> Mono.just(session.sharedSecret().fingerprint()));
 * }</pre>
 *
 * <p>Immutable: each setting returns a new client, and a client may be shared freely. A setting that cannot be right is
 * refused at once with {@link PlabbleConfigurationException}. A client must be told whom to trust — {@link #trust}, {@link
 * #pin}, or both, and then both must hold — or be told by name not to care, {@link #insecureUnauthenticated()}.
 */
public final class PlabbleClient {
    private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);
    private static final Duration LARGEST_CLOCK_SKEW = Duration.ofMinutes(5);
    private static final int MOST_CERTIFICATES = 15;
    private static final int LARGEST_PORT = 0xffff;
    private static final int MOST_REQUESTS = 65_535;
    private static final int SMALLEST_PACKET_LIMIT = 1024;
    private static final int LARGEST_UPDATE_BUFFER = 65_536;

    private final Settings settings;

    private PlabbleClient(Settings settings) {
        this.settings = settings;
    }

    /**
     * A client over TCP.
     *
     * @param host a name or an IP address; the name to verify as well, unless {@link #serverName} says otherwise
     * @param port 1 to 65,535
     */
    public static PlabbleClient create(String host, int port) {
        requireText("host", host);
        require(port >= 1 && port <= LARGEST_PORT, "port: " + port + " is outside 1 to " + LARGEST_PORT);
        return new PlabbleClient(Settings.of(Endpoint.tcp(host, port)));
    }

    /**
     * A client over WebSocket, {@code ws://host:port/path} or, over TLS, {@code wss://host:port/path}; ports 80 and 443 if none is
     * given. One binary message is one packet (§1). Redirects are not followed.
     *
     * @param uri its host is the name to verify as well, unless {@link #serverName} says otherwise
     */
    public static PlabbleClient create(URI uri) {
        requireNonNull("URI", uri);
        return new PlabbleClient(Settings.of(WebSocketUri.endpoint(uri)));
    }

    /**
     * Connects over TLS, with the JDK's trusted authorities; by OpenSSL if {@code netty-tcnative} is on the class path, else by the
     * JDK. The server's TLS certificate must be for the name asked for. It does not replace Plabble's own verification: {@link
     * #trust} or {@link #pin} are needed as without. {@code wss} URIs do this by themselves.
     *
     * @throws PlabbleConfigurationException for a {@code ws} URI
     */
    public PlabbleClient secure() {
        return secured(Tls.standard());
    }

    /**
     * As {@link #secure()}, by Reactor Netty's own specification: other authorities, a client certificate, a provider, protocols. It
     * is carried out at once, and may read files. Whatever it says, the server's certificate must be for the name asked for, unless
     * it says to trust everybody, or brings an {@link javax.net.ssl.X509ExtendedTrustManager} of its own, which then decides alone.
     *
     * @throws PlabbleConfigurationException for a specification that cannot be used, and for a {@code ws} URI
     */
    public PlabbleClient secure(Consumer<? super SslProvider.SslContextSpec> specification) {
        requireNonNull("TLS specification", specification);
        return secured(Tls.of(specification));
    }

    private PlabbleClient secured(Tls tls) {
        require(
                !settings.endpoint().transport().equals("ws"),
                "secure(): the URI says ws, which is not secured; create the client with wss");
        return new PlabbleClient(settings.withEndpoint(endpoint -> endpoint.withTls(tls)));
    }

    /** Asks for the server's certificate chain and verifies it against these roots and intermediates (§5). */
    public PlabbleClient trust(TrustStore trust) {
        requireNonNull("trust store", trust);
        require(!trust.isEmpty(), "trust store: it holds no root, so no server could be verified");
        return verifying(v -> v.withTrust(trust));
    }

    /**
     * As {@link #trust(TrustStore)}, asked at each connect, so that files can be renewed under a running service. The supplier
     * may block: it is called on {@code Schedulers.boundedElastic()}, within the connect's deadline.
     */
    public PlabbleClient trust(Supplier<TrustStore> trust) {
        requireNonNull("trust store supplier", trust);
        return verifying(v -> v.withTrust(trust));
    }

    /**
     * Accepts only servers with one of these identity keys. Without {@link #trust}, no certificate is asked for; with it, both
     * must hold. Replaces earlier pins.
     *
     * @param identityKeys at least one; several while a server changes its key
     */
    public PlabbleClient pin(IdentityKey... identityKeys) {
        require(
                identityKeys != null
                        && identityKeys.length > 0
                        && Arrays.stream(identityKeys).noneMatch(key -> key == null),
                "pin: needs at least one identity key, and no null");
        return verifying(v -> v.withPins(List.of(identityKeys)));
    }

    /**
     * <strong>Insecure.</strong> Accepts any server: whoever can answer in its place reads and writes everything. For tests
     * and experiments only. A {@link #trust} or {@link #pin} set later ends this mode.
     *
     * @throws PlabbleConfigurationException if the client has been told whom to trust
     */
    public PlabbleClient insecureUnauthenticated() {
        require(
                !settings.verification().authenticates(),
                "insecureUnauthenticated(): this client has a trust store or a pin; start from one without");
        return verifying(Verification::withoutAuthentication);
    }

    /** Whether to ask for Plabble's own encryption; {@link Encryption#AUTO} if not set. */
    public PlabbleClient encryption(Encryption encryption) {
        requireNonNull("encryption", encryption);
        return new PlabbleClient(settings.withEncryption(encryption));
    }

    /** The name that the server's certificates must be for, Plabble's and that of TLS, where it differs from the host dialled. */
    public PlabbleClient serverName(String name) {
        requireText("server name", name);
        return new PlabbleClient(settings.withEndpoint(endpoint -> endpoint.withServerName(name)));
    }

    /**
     * The one deadline over the trust store's supplier, name look-up, TCP, TLS, WebSocket and handshake; 10 s if not set, at most
     * a day.
     */
    public PlabbleClient connectTimeout(Duration timeout) {
        requireDeadline("connect timeout", timeout);
        return networked(network -> network.withConnectTimeout(timeout));
    }

    /** How long a request waits for its answer; 10 s if not set, at most a day. The session outlives a request's deadline. */
    public PlabbleClient requestTimeout(Duration timeout) {
        requireDeadline("request timeout", timeout);
        return limited(limits -> limits.withRequestTimeout(timeout));
    }

    /**
     * How many requests of a session may be without an answer, 1 to 65,535; 4,096 if not set. A request beyond them fails at once
     * with {@link PlabbleLimitException}. A cancelled or timed-out request counts until its answer has passed.
     */
    public PlabbleClient maxRequestsInFlight(int most) {
        require(
                most >= 1 && most <= MOST_REQUESTS,
                "max requests in flight: " + most + " is outside 1 to " + MOST_REQUESTS);
        return limited(limits -> limits.withMaxRequestsInFlight(most));
    }

    /**
     * How many bytes of a session may wait to be written, at least 1; 64 MiB if not set. A request beyond them fails at once with
     * {@link PlabbleLimitException}; one that would be alone is always taken.
     */
    public PlabbleClient maxPendingBytes(long most) {
        require(most >= 1, "max pending bytes: " + most + " is not positive");
        return limited(limits -> limits.withMaxPendingBytes(most));
    }

    /**
     * The longest packet that a session sends or takes, in bytes without Length, 1,024 to 268,435,455; 16 MiB if not set. A
     * longer request is refused at the call, a longer packet of the server ends the session before memory is allocated for it.
     */
    public PlabbleClient maxPacketSize(int most) {
        require(
                most >= SMALLEST_PACKET_LIMIT && most <= DynamicLength.MAX,
                "max packet size: " + most + " is outside " + SMALLEST_PACKET_LIMIT + " to " + DynamicLength.MAX);
        return limited(limits -> limits.withMaxPacketSize(most));
    }

    /** How many updates may wait for each subscriber, 1 to 65,536; 256 if not set. */
    public PlabbleClient updateBuffer(int most) {
        require(
                most >= 1 && most <= LARGEST_UPDATE_BUFFER,
                "update buffer: " + most + " is outside 1 to " + LARGEST_UPDATE_BUFFER);
        return limited(limits -> limits.withUpdateBuffer(most));
    }

    /** How many bytes of content these may hold, at least 1; 16 MiB if not set. One that would be alone is always taken. */
    public PlabbleClient updateBufferBytes(long most) {
        require(most >= 1, "update buffer bytes: " + most + " is not positive");
        return limited(limits -> limits.withUpdateBufferBytes(most));
    }

    /** What happens to a subscriber for whom more updates wait than that; {@link UpdateOverflow#FAIL} if not set. */
    public PlabbleClient updateOverflow(UpdateOverflow overflow) {
        requireNonNull("update overflow", overflow);
        return limited(limits -> limits.withUpdateOverflow(overflow));
    }

    /** The clock that certificates are checked with; the system's if not set. */
    public PlabbleClient clock(Clock clock) {
        requireNonNull("clock", clock);
        return verifying(v -> v.withClock(clock));
    }

    /** How far a certificate's window may be missed, in whole seconds; 0 if not set, at most 5 minutes. */
    public PlabbleClient clockSkew(Duration skew) {
        requireNonNull("clock skew", skew);
        require(
                !skew.isNegative() && skew.compareTo(LARGEST_CLOCK_SKEW) <= 0,
                "clock skew: " + skew + " is outside 0 to " + LARGEST_CLOCK_SKEW);
        return verifying(v -> v.withClockSkew(skew));
    }

    /** The longest certificate chain accepted, 1 to 15; 8 if not set. */
    public PlabbleClient maxCertificates(int most) {
        require(
                most >= 1 && most <= MOST_CERTIFICATES,
                "max certificates: " + most + " is outside 1 to " + MOST_CERTIFICATES);
        return verifying(v -> v.withMaxCertificates(most));
    }

    /**
     * Changes Reactor Netty's client: resolver, proxy, event loops, socket options. Runs at each connect, before the SDK sets its
     * address and handlers, which it therefore cannot undo. It must change the client that it is given: another one, with a
     * connection pool, is refused when connecting, and so is TLS, which {@link #secure} is for. If it sets {@code SO_KEEPALIVE},
     * {@link #keepAlive} is left to it altogether. {@code tcp -> tcp.metrics(true)} switches on Reactor Netty's own metrics, with
     * {@code micrometer-core} on the class path.
     */
    public PlabbleClient tcp(UnaryOperator<TcpClient> customiser) {
        requireNonNull("tcp customiser", customiser);
        return networked(network -> network.withTcp(customiser));
    }

    /**
     * Tells the listener of each step of connecting as it is done; on an event loop or, where the answer to CONNECT is read and
     * verified, on Reactor's parallel scheduler, so it must not block.
     */
    public PlabbleClient doOnStep(Consumer<? super ConnectProgress> listener) {
        requireNonNull("listener", listener);
        return new PlabbleClient(settings.withHooks(hooks -> hooks.withOnStep(listener)));
    }

    /**
     * Shows the listener each packet as it is sent or has come, CONNECT included; on an event loop, so it must not block. For
     * debugging: the packets hold what is in the slots, in the clear unless the session is encrypted. They hold no key.
     */
    public PlabbleClient doOnPacket(Consumer<? super WirePacket> listener) {
        requireNonNull("listener", listener);
        return new PlabbleClient(settings.withHooks(hooks -> hooks.withOnPacket(listener)));
    }

    /**
     * Tells the instrumentation of connects, requests and sessions, to measure and to trace them; nothing if not set. Replaces an
     * earlier one. {@code io.plabble.sdk.micrometer.MicrometerInstrumentation} is one.
     */
    public PlabbleClient instrument(Instrumentation instrumentation) {
        requireNonNull("instrumentation", instrumentation);
        return new PlabbleClient(settings.withHooks(hooks -> hooks.withInstrumentation(instrumentation)));
    }

    /** How TCP finds out that the path is dead; {@link KeepAlive#DEFAULT} if not set. */
    public PlabbleClient keepAlive(KeepAlive keepAlive) {
        requireNonNull("keep-alive", keepAlive);
        return networked(network -> network.withKeepAlive(keepAlive));
    }

    /**
     * After how long a silence the server is asked for a sign of life; never if not set. It must answer within {@link
     * #requestTimeout}, or the session ends with {@code timeout}. The protocol has no ping: each question is a REQUEST, and uses
     * up one of the session's 65,535 counters. It finds out what {@link #keepAlive} does not, such as a server that hangs, or a
     * dead path behind a proxy.
     *
     * @param silence a positive time, at most a day
     */
    public PlabbleClient probe(Duration silence) {
        requireDeadline("probe", silence);
        return networked(network -> network.withProbe(silence));
    }

    /**
     * Does beforehand what the first connect of a JVM spends most of its time on: starts event loops, loads native libraries and
     * classes, gathers entropy, and runs the cryptography until it is compiled. Opens no connection. Worth it where the first
     * session is waited for, such as before a service says that it is ready.
     *
     * @return completes when all of it is done; cold
     */
    public Mono<Void> warmup() {
        return Mono.defer(() -> new Warmup(settings).run());
    }

    /**
     * Connects. Cold: each subscription is a new connection with a new key pair, so {@code retry} is safe. The subscriber owns
     * the session and closes it; a subscriber that cancels in the very moment in which the session arrives may drop it, as
     * with any {@code Mono}. {@link #withSession} closes by itself, whatever happens.
     *
     * @return a verified session, or one {@link io.plabble.protocol.PlabbleException}; on error, timeout and cancel the
     *     connection is closed first. Never empty.
     */
    public Mono<PlabbleSession> connect() {
        return Mono.defer(() -> connector().connect());
    }

    /**
     * Connects, runs the work, and closes the session on completion, error and cancel, before the subscriber hears of them. On
     * completion it waits for the answers in flight, at most {@link #requestTimeout}.
     *
     * @param work what to do with the session; it must not be used after the publisher has ended
     */
    public <T> Flux<T> withSession(Function<? super PlabbleSession, ? extends Publisher<? extends T>> work) {
        requireNonNull("work", work);
        return Flux.defer(() -> connector().withSession(work));
    }

    /** As {@link #sessions(SessionsSpec)}, with {@link SessionsSpec#DEFAULT}. */
    public PlabbleSessions sessions() {
        return sessions(SessionsSpec.DEFAULT);
    }

    /**
     * One session for a whole application, renewed before its counters are used up and made again when it is lost. A server that
     * hangs is noticed as lost only with {@link #probe}. Opens no connection yet.
     *
     * @return to be made once, shared, and closed
     * @throws PlabbleConfigurationException if the client has not been told whom to trust
     */
    public PlabbleSessions sessions(SessionsSpec spec) {
        requireNonNull("sessions spec", spec);
        return new KeptSessions(connector(), settings, spec);
    }

    private Connector connector() {
        Verification how = settings.verification();
        require(
                how.authenticates() || how.unauthenticated(),
                "nothing to verify the server with: set trust(…) or pin(…), or, knowing what it means,"
                        + " insecureUnauthenticated()");
        return new Connector(settings);
    }

    /** For tests that replay recorded sessions, or begin near the end of one. */
    PlabbleClient origins(UnaryOperator<Origins> change) {
        return new PlabbleClient(settings.withOrigins(change));
    }

    private PlabbleClient limited(UnaryOperator<Limits> change) {
        return new PlabbleClient(settings.withLimits(change));
    }

    private PlabbleClient networked(UnaryOperator<Network> change) {
        return new PlabbleClient(settings.withNetwork(change));
    }

    private PlabbleClient verifying(UnaryOperator<Verification> change) {
        return new PlabbleClient(settings.withVerification(change));
    }

    private static void requireText(String what, @Nullable String text) {
        require(text != null && !text.isBlank(), what + ": must not be null or empty");
    }

    private static void requireNonNull(String what, @Nullable Object value) {
        require(value != null, what + ": must not be null");
    }

    private static void requireDeadline(String what, @Nullable Duration timeout) {
        require(
                timeout != null
                        && !timeout.isNegative()
                        && !timeout.isZero()
                        && timeout.compareTo(LONGEST_DEADLINE) <= 0,
                what + ": " + timeout + " is not positive, or above " + LONGEST_DEADLINE);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new PlabbleConfigurationException(otherwise);
        }
    }

    @Override
    public String toString() {
        return "PlabbleClient[" + settings.endpoint().peer() + " over "
                + settings.endpoint().transport() + "]";
    }
}
