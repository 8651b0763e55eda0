package io.plabble.samples.webflux.plabble;

import io.plabble.protocol.certificate.TrustStore;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What {@code application.yaml} says of the Plabble server.
 *
 * @param host of the server; without it, the service starts one of its own
 * @param trust a file of roots that the server's certificate chain must lead to
 * @param intermediates a file of issuers between the roots and the server, where there are any
 * @param pin the server's own key, 64 hexadecimal digits; beside {@code trust} both must hold
 * @param tls whether TLS is spoken
 * @param tlsBundle the SSL bundle of Spring Boot with the authorities, and a client certificate, of TLS; else the JDK's
 * @param serverName whom the certificates must be for, where that is not the host
 * @param board the file with the bucket's id and key; made, with the bucket, where there is none
 * @param longestPause between two attempts to reach a server that is away
 * @param waitTimeout how long a request waits for a session, and then fails
 * @param requestTimeout how long it waits for the server's answer
 * @param probe after how long a silence the server is asked for a sign of life
 */
@Validated
@ConfigurationProperties("plabble")
public record PlabbleProperties(
        @Nullable @Pattern(regexp = WORD, message = NO_WORD) String host,

        @DefaultValue("4242") @Min(1) @Max(65_535) int port,
        @Nullable Path trust,
        @Nullable Path intermediates,

        @Nullable @Pattern(regexp = "[0-9a-fA-F]{64}", message = "is not 64 hexadecimal digits")
        String pin,

        @DefaultValue("false") boolean tls,
        @Nullable @Pattern(regexp = WORD, message = NO_WORD) String tlsBundle,
        @Nullable @Pattern(regexp = WORD, message = NO_WORD) String serverName,
        @DefaultValue("notice-board.key") Path board,
        @DefaultValue("10s") Duration longestPause,
        @DefaultValue("5s") Duration waitTimeout,
        @DefaultValue("5s") Duration requestTimeout,
        @DefaultValue("30s") Duration probe) {
    private static final String WORD = "\\S+";
    private static final String NO_WORD = "is empty, or has blanks in it";

    /** Read anew each time, so that its files may be renewed under a running service. */
    Optional<Supplier<TrustStore>> trustStore() {
        return Optional.ofNullable(trust)
                .map(roots -> () -> intermediates == null
                        ? TrustStore.roots(roots)
                        : TrustStore.roots(roots).withIntermediates(intermediates));
    }

    @AssertTrue(message = "plabble.trust or plabble.pin must say whom to trust at plabble.host")
    boolean isTrusting() {
        return host == null || trust != null || pin != null;
    }

    @AssertTrue(message = "plabble.intermediates means nothing without plabble.trust")
    boolean isIntermediateOfARoot() {
        return trust != null || intermediates == null;
    }

    /** So that a forgotten host does not start a server of our own by accident. */
    @AssertTrue(
            message =
                    "plabble.trust, plabble.pin, plabble.tls and plabble.server-name mean nothing without plabble.host")
    boolean isAboutAServer() {
        return host != null || (trust == null && pin == null && !tls && serverName == null);
    }

    @AssertTrue(message = "plabble.tls-bundle means nothing without plabble.tls")
    boolean isBundleUsed() {
        return tls || tlsBundle == null;
    }
}
