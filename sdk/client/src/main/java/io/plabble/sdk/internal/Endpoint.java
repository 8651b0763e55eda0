package io.plabble.sdk.internal;

import io.plabble.sdk.ConnectStep;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a client connects to, and by which transport (§1).
 *
 * @param host a name or an IP address, without brackets
 * @param serverName the name to verify, where it differs from the host dialled
 * @param tls over TCP, and under WebSocket
 * @param webSocket the URI to ask for, {@code ws} or {@code wss}; the byte stream itself if there is none
 */
public record Endpoint(String host, int port, Optional<String> serverName, Optional<Tls> tls, Optional<URI> webSocket) {
    public static Endpoint tcp(String host, int port) {
        return new Endpoint(host, port, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Endpoint withServerName(String name) {
        return new Endpoint(host, port, Optional.of(name), tls, webSocket);
    }

    public Endpoint withTls(Tls how) {
        return new Endpoint(host, port, serverName, Optional.of(how), webSocket);
    }

    /** The host that the server's certificates must be for, Plabble's and those of TLS. */
    public String verifiedHost() {
        return serverName.orElse(host);
    }

    /** Whom a message speaks of. */
    public String peer() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    /** {@code tcp}, {@code tls}, {@code ws} or {@code wss}. */
    public String transport() {
        if (webSocket.isPresent()) {
            return tls.isPresent() ? "wss" : "ws";
        }
        return tls.isPresent() ? "tls" : "tcp";
    }

    /** The step that follows; the last has none, and is its own. */
    ConnectStep stepAfter(ConnectStep step) {
        return Arrays.stream(ConnectStep.values())
                .filter(later -> later.compareTo(step) > 0 && takes(later))
                .findFirst()
                .orElse(step);
    }

    private boolean takes(ConnectStep step) {
        return switch (step) {
            case SECURED -> tls.isPresent();
            case UPGRADED -> webSocket.isPresent();
            default -> true;
        };
    }
}
