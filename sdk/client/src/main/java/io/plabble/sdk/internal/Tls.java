package io.plabble.sdk.internal;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.plabble.protocol.PlabbleConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import reactor.netty.tcp.SslProvider;
import reactor.netty.tcp.TcpClient;

/**
 * How connections are secured: made once, as it reads files and loads libraries. Whatever the specification says, the server's
 * certificate must be for the name asked for (RFC 9525), unless a trust manager that it brings along says otherwise.
 */
public final class Tls {
    /** A peer that does not read must not keep a connection from closing. */
    private static final Duration CLOSE_NOTIFY_FLUSH = Duration.ofSeconds(1);

    private final SslProvider provider;

    private Tls(SslProvider provider) {
        this.provider = provider;
    }

    /** With the JDK's trusted authorities, and OpenSSL if it is on the class path. */
    public static Tls standard() {
        return new Tls(SslProvider.defaultClientProvider());
    }

    /** @throws PlabbleConfigurationException for one that cannot be built, or is not for clients */
    public static Tls of(Consumer<? super SslProvider.SslContextSpec> specification) {
        SslProvider built;
        try {
            built = TcpClient.newConnection()
                    .secure(specification)
                    .configuration()
                    .sslProvider();
        } catch (RuntimeException e) {
            throw new PlabbleConfigurationException(
                    "secure(…): the specification cannot be used: " + e.getMessage(), e);
        }
        if (built == null || !built.getSslContext().isClient()) {
            throw new PlabbleConfigurationException("secure(…): the specification must make a context for clients");
        }
        if (built.getServerNames() != null) {
            throw new PlabbleConfigurationException(
                    "secure(…): set the server's name with serverName(…), so that it is verified");
        }
        return new Tls(built);
    }

    /**
     * @param host what the certificate must be for, and what the server is told (SNI), unless it is an IP address
     * @throws PlabbleConfigurationException if the specification's own code fails
     */
    SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host; // SNI has none (RFC 6066, 3)
        SslHandler handler = provider.getSslContext().newHandler(allocator, name, port);
        Callbacks.call("secure(…): the handler's configurator", () -> {
            provider.configure(handler);
            return handler;
        });
        handler.setHandshakeTimeoutMillis(0); // the connect's own deadline holds for this, too
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_FLUSH.toMillis());
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(indication(name)); // a certificate for what SNI asks for is accepted, too
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    private static List<SNIServerName> indication(String name) {
        if (name.indexOf('.') <= 0 || NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
            return List.of();
        }
        try {
            return List.of(new SNIHostName(name));
        } catch (IllegalArgumentException e) { // such as one with an underscore
            return List.of();
        }
    }
}
