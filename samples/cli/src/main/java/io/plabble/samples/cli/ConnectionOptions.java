package io.plabble.samples.cli;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.sdk.Encryption;
import io.plabble.sdk.PlabbleClient;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reactor.netty.tcp.TcpSslContextSpec;

/** Where to connect to, how, and whom to trust there. */
final class ConnectionOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "HOST:PORT", description = "The server; an IPv6 address stands in brackets.")
    @SuppressWarnings("NullAway.Init")
    private Endpoint endpoint;

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Option(
            names = "--pin",
            paramLabel = "HEX",
            preprocessor = SeveralValues.class,
            description = "Accept only this identity key. May be given several times; with --trust, both must hold.")
    private List<IdentityKey> pins = List.of();

    @Option(names = "--unauthenticated", description = "INSECURE: accept any server. For tests only.")
    private boolean unauthenticated;

    @Option(
            names = "--encryption",
            paramLabel = "auto|on|off",
            defaultValue = "auto",
            description = "Plabble's own encryption; auto is on over plain TCP.")
    private Encryption encryption = Encryption.AUTO;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "The name that the certificate must be for, if it is not HOST.")
    private @Nullable String serverName;

    @Option(names = "--tls", description = "Connect over TLS, and verify its certificate as well.")
    private boolean tls;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "Trust these authorities (X.509, PEM) for TLS, and not the JDK's. Implies --tls.")
    private @Nullable Path tlsCa;

    @Option(
            names = "--websocket",
            paramLabel = "PATH",
            description = "Connect over WebSocket, at this path, such as /plabble.")
    private @Nullable String webSocket;

    @Option(names = "--trace", description = "Show each step and each packet, byte by byte, on standard error.")
    private boolean trace;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            defaultValue = "auto",
            description = "Whether the trace has colours; auto is on a terminal, unless NO_COLOR is set.")
    private Colour colour = Colour.AUTO;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "How long to wait for the connection, and for each answer; ${DEFAULT-VALUE} if not given.")
    private Duration timeout = Duration.ofSeconds(10);

    Endpoint endpoint() {
        return endpoint;
    }

    /**
     * The server that the options lead to. Plabble's certificates are read when connecting, those of TLS here.
     *
     * @throws ParameterException for options that do not fit together
     */
    Remote remote(Output output) {
        PlabbleClient client = secured(client());
        return trace ? Remote.traced(client, output.err(), colour.on(output.colours())) : Remote.of(client);
    }

    private PlabbleClient client() {
        try {
            PlabbleClient client = authenticated(transport())
                    .encryption(encryption)
                    .connectTimeout(timeout)
                    .requestTimeout(timeout);
            return serverName == null ? client : client.serverName(serverName);
        } catch (PlabbleConfigurationException e) {
            throw misused(e.getMessage());
        }
    }

    private PlabbleClient transport() {
        if (webSocket == null) {
            return PlabbleClient.create(endpoint.host(), endpoint.port());
        }
        if (!webSocket.startsWith("/")) {
            throw misused("--websocket: a path begins with /");
        }
        try {
            return PlabbleClient.create(new URI((overTls() ? "wss://" : "ws://") + endpoint + webSocket));
        } catch (URISyntaxException e) {
            throw misused("--websocket: '" + webSocket + "' is no path of a URI");
        }
    }

    private boolean overTls() {
        return tls || tlsCa != null;
    }

    private PlabbleClient secured(PlabbleClient client) {
        if (tlsCa == null) {
            return tls ? client.secure() : client;
        }
        File authorities = tlsCa.toFile();
        if (!authorities.isFile()) { // TLS would not say which file it misses
            throw new PlabbleConfigurationException(tlsCa + ": there is no such file");
        }
        return client.secure(tls ->
                tls.sslContext(TcpSslContextSpec.forClient().configure(context -> context.trustManager(authorities))));
    }

    private PlabbleClient authenticated(PlabbleClient client) {
        boolean trusting = trust.isGiven();
        boolean pinning = !pins.isEmpty();
        if (unauthenticated == (trusting || pinning)) {
            throw misused(
                    unauthenticated
                            ? "--unauthenticated cannot be combined with --trust or --pin"
                            : "whom to trust? Give --trust FILE or --pin HEX, or, for tests only, --unauthenticated");
        }
        if (unauthenticated) {
            return client.insecureUnauthenticated();
        }
        PlabbleClient pinned = pinning ? client.pin(pins.toArray(IdentityKey[]::new)) : client;
        PlabbleClient both = trusting ? pinned.trust(trust::store) : pinned;
        return both.clock(trust.clock()).clockSkew(trust.clockSkew());
    }

    private ParameterException misused(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
