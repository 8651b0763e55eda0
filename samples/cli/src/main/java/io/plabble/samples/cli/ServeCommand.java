package io.plabble.samples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKeyFiles;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the embedded server until it is told to end. */
@Command(
        name = "serve",
        description = {
            "Run the embedded server until Ctrl-C or SIGTERM.",
            "It is for tests and demos: buckets are kept in memory, and are gone when it ends."
        })
final class ServeCommand implements Subcommand {
    private static final int LARGEST_PORT = 0xffff;
    private static final Duration VALIDITY = Duration.ofDays(365);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The IP address to listen at; ${DEFAULT-VALUE} if not given.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "4242",
            description = "The port; 0 is a free one; ${DEFAULT-VALUE} if not given.")
    private int port;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description =
                    "The server's chain, its own certificate first, its root last; without it, a fresh one is made.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "The private key of --certificate.")
    private @Nullable Path key;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name in the fresh certificate; the address if not given.")
    private @Nullable String name;

    @Option(names = "--tls", description = "Listen for TLS, with a fresh certificate for localhost and the address.")
    private boolean tls;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "The chain for TLS (X.509, PEM), the server's own first. Implies --tls.")
    private @Nullable Path tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The private key of --tls-certificate (PKCS#8, PEM).")
    private @Nullable Path tlsKey;

    @Option(names = "--websocket", paramLabel = "PATH", description = "Speak WebSocket at this path, such as /plabble.")
    private @Nullable String webSocket;

    @Option(names = "--write-trust", paramLabel = "FILE", description = "Write the root that clients have to --trust.")
    private @Nullable Path writeTrust;

    @Option(
            names = "--write-tls-ca",
            paramLabel = "FILE",
            description = "Write the authority that clients have to name by --tls-ca.")
    private @Nullable Path writeTlsCa;

    @Mixin
    private final Output output;

    ServeCommand(Console console) {
        this.output = new Output(console, "listening");
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        checkUsage();
        CompletableFuture<Void> told = output.interrupted().toFuture(); // before it says that it listens
        TestCertificates certificates = certificates();
        try (PlabbleTestServer server = secured(listening(certificates)).start()) {
            if (writeTrust != null) {
                CertificateFiles.write(writeTrust, List.of(certificates.root()));
            }
            if (writeTlsCa != null) {
                TlsAuthorityFile.write(writeTlsCa, server.tlsCertificate());
            }
            output.show(json -> describe(server, json), () -> text(server));
            told.join();
        }
        return DONE;
    }

    private void checkUsage() {
        require(port >= 0 && port <= LARGEST_PORT, "--port: " + port + " is outside 0 to " + LARGEST_PORT);
        require((certificate == null) == (key == null), "--certificate and --key belong together");
        require(name == null || certificate == null, "--name is for a fresh certificate");
        require((tlsCertificate == null) == (tlsKey == null), "--tls-certificate and --tls-key belong together");
        require(writeTlsCa == null || isSecured(), "--write-tls-ca needs --tls");
    }

    private boolean isSecured() {
        return tls || tlsCertificate != null;
    }

    private TestCertificates certificates() {
        if (certificate == null || key == null) {
            Instant now = Instant.now();
            // The root issues for the server itself: an intermediate would have to be trusted as well (D8).
            return TestCertificates.builder(name == null ? host : name)
                    .intermediates()
                    .valid(now.minus(Duration.ofHours(1)), now.plus(VALIDITY))
                    .build();
        }
        List<Certificate> chain = CertificateFiles.read(certificate);
        TrustStore trust = TrustStore.roots(chain.get(chain.size() - 1))
                .withIntermediates(chain.subList(Math.min(1, chain.size() - 1), chain.size() - 1));
        return new TestCertificates(chain, IdentityKeyFiles.read(key), trust);
    }

    private PlabbleTestServer.Builder listening(TestCertificates certificates) {
        PlabbleTestServer.Builder builder =
                PlabbleTestServer.builder().host(host).port(port).certificates(certificates);
        return webSocket == null ? builder : builder.webSocket(webSocket);
    }

    private PlabbleTestServer.Builder secured(PlabbleTestServer.Builder builder) {
        if (tlsCertificate != null && tlsKey != null) {
            return builder.tls(tlsCertificate, tlsKey);
        }
        return tls ? builder.tls() : builder;
    }

    private void describe(PlabbleTestServer server, ObjectNode object) {
        object.put("host", server.host())
                .put("port", server.port())
                .put("tls", isSecured())
                .put("websocket", webSocket)
                .put("identityKey", server.identityKey().toString());
    }

    private String text(PlabbleTestServer server) {
        String how = (isSecured() ? " over TLS" : "") + (webSocket == null ? "" : " for WebSocket at " + webSocket);
        return "Listening at " + new Endpoint(server.host(), server.port()) + how
                + ", for tests and demos: buckets are kept in memory. Ctrl-C ends it.";
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }
}
