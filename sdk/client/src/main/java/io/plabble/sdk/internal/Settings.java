package io.plabble.sdk.internal;

import io.plabble.sdk.ConnectProgress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.netty.tcp.TcpClient;

/**
 * Everything that a client is set to; immutable.
 *
 * @param serverName the name to verify, where it differs from the host dialled
 * @param encrypted whether flag #6 is set
 * @param connectTimeout the one deadline over look-up, TCP and handshake
 */
public record Settings(
        String host,
        int port,
        Optional<String> serverName,
        Verification verification,
        boolean encrypted,
        Duration connectTimeout,
        UnaryOperator<TcpClient> tcp,
        Consumer<? super ConnectProgress> onStep,
        Limits limits,
        Origins origins) {

    public Settings withServerName(String name) {
        return new Settings(
                host,
                port,
                Optional.of(name),
                verification,
                encrypted,
                connectTimeout,
                tcp,
                onStep,
                limits,
                origins);
    }

    public Settings withVerification(UnaryOperator<Verification> change) {
        return new Settings(
                host,
                port,
                serverName,
                change.apply(verification),
                encrypted,
                connectTimeout,
                tcp,
                onStep,
                limits,
                origins);
    }

    public Settings withEncrypted(boolean encrypt) {
        return new Settings(
                host, port, serverName, verification, encrypt, connectTimeout, tcp, onStep, limits, origins);
    }

    public Settings withConnectTimeout(Duration timeout) {
        return new Settings(host, port, serverName, verification, encrypted, timeout, tcp, onStep, limits, origins);
    }

    /** The customisers run in the order in which they were given. */
    public Settings withTcp(UnaryOperator<TcpClient> next) {
        UnaryOperator<TcpClient> both = client -> next.apply(tcp.apply(client));
        return new Settings(
                host, port, serverName, verification, encrypted, connectTimeout, both, onStep, limits, origins);
    }

    /** The listeners are told in the order in which they were given. */
    public Settings withOnStep(Consumer<? super ConnectProgress> next) {
        Consumer<ConnectProgress> both = progress -> {
            onStep.accept(progress);
            next.accept(progress);
        };
        return new Settings(
                host, port, serverName, verification, encrypted, connectTimeout, tcp, both, limits, origins);
    }

    public Settings withLimits(UnaryOperator<Limits> change) {
        return new Settings(
                host,
                port,
                serverName,
                verification,
                encrypted,
                connectTimeout,
                tcp,
                onStep,
                change.apply(limits),
                origins);
    }

    public Settings withOrigins(UnaryOperator<Origins> change) {
        return new Settings(
                host,
                port,
                serverName,
                verification,
                encrypted,
                connectTimeout,
                tcp,
                onStep,
                limits,
                change.apply(origins));
    }

    /** The host that the server's certificate must be for. */
    public String verifiedHost() {
        return serverName.orElse(host);
    }

    /** Whom a message speaks of. */
    public String peer() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    /** What a message of a session speaks of. */
    public String session() {
        return "session with " + peer();
    }
}
