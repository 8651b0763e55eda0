package io.plabble.sdk.internal;

import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.sdk.ConnectProgress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.netty.tcp.TcpClient;

/**
 * Everything that a client is set to; immutable.
 *
 * @param serverName the name to verify, where it differs from the host dialled
 * @param encrypted whether flag #6 is set
 * @param connectTimeout the one deadline over look-up, TCP and handshake
 * @param keyPairs makes the session's key pair; tests replay recorded exchanges with it
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
        Function<SecureRandom, SessionKeyPair> keyPairs) {

    public Settings withServerName(String name) {
        return new Settings(
                host, port, Optional.of(name), verification, encrypted, connectTimeout, tcp, onStep, keyPairs);
    }

    public Settings withVerification(UnaryOperator<Verification> change) {
        return new Settings(
                host, port, serverName, change.apply(verification), encrypted, connectTimeout, tcp, onStep, keyPairs);
    }

    public Settings withEncrypted(boolean encrypt) {
        return new Settings(host, port, serverName, verification, encrypt, connectTimeout, tcp, onStep, keyPairs);
    }

    public Settings withConnectTimeout(Duration timeout) {
        return new Settings(host, port, serverName, verification, encrypted, timeout, tcp, onStep, keyPairs);
    }

    /** The customisers run in the order in which they were given. */
    public Settings withTcp(UnaryOperator<TcpClient> next) {
        return new Settings(
                host,
                port,
                serverName,
                verification,
                encrypted,
                connectTimeout,
                client -> next.apply(tcp.apply(client)),
                onStep,
                keyPairs);
    }

    /** The listeners are told in the order in which they were given. */
    public Settings withOnStep(Consumer<? super ConnectProgress> next) {
        Consumer<ConnectProgress> both = progress -> {
            onStep.accept(progress);
            next.accept(progress);
        };
        return new Settings(host, port, serverName, verification, encrypted, connectTimeout, tcp, both, keyPairs);
    }

    public Settings withKeyPairs(Function<SecureRandom, SessionKeyPair> source) {
        return new Settings(host, port, serverName, verification, encrypted, connectTimeout, tcp, onStep, source);
    }

    /** The host that the server's certificate must be for. */
    public String verifiedHost() {
        return serverName.orElse(host);
    }

    /** Whom a message speaks of. */
    public String peer() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
