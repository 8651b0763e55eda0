package io.plabble.sdk.internal;

import io.plabble.protocol.PlabbleConfigurationException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** What a WebSocket URI says (RFC 6455, 3). */
public final class WebSocketUri {
    private static final int DEFAULT_PORT = 80;
    private static final int DEFAULT_TLS_PORT = 443;
    private static final int LARGEST_PORT = 0xffff;

    private WebSocketUri() {}

    /** @throws PlabbleConfigurationException for any other URI, or where WebSocket is not available */
    public static Endpoint endpoint(URI uri) {
        boolean secured = secured(uri);
        String host = uri.getHost();
        require(host != null && !host.isEmpty(), "it names no host");
        require(uri.getRawUserInfo() == null, "it holds user information, which would not be sent");
        require(uri.getRawFragment() == null, "it has a fragment, which WebSocket does not know");
        require(
                uri.getPort() != 0 && uri.getPort() <= LARGEST_PORT,
                "port " + uri.getPort() + " is outside 1 to " + LARGEST_PORT);
        WebSocketLayer.requireAvailable();
        int port = uri.getPort() >= 0 ? uri.getPort() : secured ? DEFAULT_TLS_PORT : DEFAULT_PORT;
        return new Endpoint(
                withoutBrackets(String.valueOf(host)),
                port,
                Optional.empty(),
                secured ? Optional.of(Tls.standard()) : Optional.empty(),
                Optional.of(URI.create(uri.toASCIIString())));
    }

    private static boolean secured(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        require(
                scheme.equals("ws") || scheme.equals("wss"),
                "its scheme is neither ws nor wss; over TCP, use create(host, port)");
        return scheme.equals("wss");
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new PlabbleConfigurationException("URI: " + otherwise);
        }
    }
}
