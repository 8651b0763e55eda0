package io.plabble.samples.webflux.plabble;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSessions;
import io.plabble.sdk.Reconnection;
import io.plabble.sdk.SessionsSpec;
import io.plabble.sdk.micrometer.MicrometerInstrumentation;
import io.plabble.sdk.test.PlabbleTestServer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import reactor.netty.tcp.TcpSslContextSpec;

/** One client and one lasting session for the whole service. */
@Configuration(proxyBeanMethods = false)
class PlabbleConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(PlabbleConfiguration.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** Spring subscribes to what {@code close} returns. */
    @Bean(destroyMethod = "close")
    PlabbleSessions plabbleSessions(
            PlabbleClient client,
            PlabbleProperties properties,
            ObservationRegistry observations,
            MeterRegistry meters) {
        return client.requestTimeout(properties.requestTimeout())
                .probe(properties.probe())
                .instrument(MicrometerInstrumentation.of(observations).withMeters(meters))
                .sessions(SessionsSpec.DEFAULT
                        .waitTimeout(properties.waitTimeout())
                        .reconnection(forEver(properties.longestPause())));
    }

    /** A service outlasts any outage of its server. */
    private static Reconnection forEver(Duration longestPause) {
        return Reconnection.DEFAULT.maxRetries(Long.MAX_VALUE).pauses(FIRST_PAUSE, longestPause);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("plabble.host")
    static class Remote {
        @Bean
        PlabbleClient plabbleClient(PlabbleProperties properties, SslBundles bundles) {
            PlabbleClient client = PlabbleClient.create(requireNonNull(properties.host()), properties.port());
            if (properties.tls()) {
                client = secure(client, properties.tlsBundle(), bundles);
            }
            if (properties.trustStore().isPresent()) {
                Supplier<TrustStore> trust = properties.trustStore().get();
                LOG.info("trusting {}", trust.get().roots()); // files that cannot be used stop the start
                client = client.trust(trust);
            }
            if (properties.pin() != null) {
                client = client.pin(IdentityKey.ofHex(properties.pin()));
            }
            return properties.serverName() == null ? client : client.serverName(properties.serverName());
        }

        private static PlabbleClient secure(PlabbleClient client, @Nullable String bundle, SslBundles bundles) {
            if (bundle == null) {
                return client.secure();
            }
            SslBundle chosen = bundles.getBundle(bundle);
            SslManagerBundle managers = chosen.getManagers();
            SslOptions options = chosen.getOptions();
            return client.secure(spec -> spec.sslContext(TcpSslContextSpec.forClient()
                    .configure(context -> context.keyManager(managers.getKeyManagerFactory())
                            .trustManager(managers.getTrustManagerFactory())
                            .ciphers(SslOptions.asSet(options.getCiphers()))
                            .protocols(options.getEnabledProtocols()))));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(Embedded.WithoutHost.class)
    static class Embedded {
        @Bean
        PlabbleTestServer plabbleServer() {
            return PlabbleTestServer.start();
        }

        @Bean
        PlabbleClient plabbleClient(PlabbleTestServer server) {
            return PlabbleClient.create(server.host(), server.port()).trust(server.trustStore());
        }

        static final class WithoutHost extends NoneNestedConditions {
            WithoutHost() {
                super(ConfigurationPhase.PARSE_CONFIGURATION);
            }

            @ConditionalOnProperty("plabble.host")
            static final class Host {}
        }
    }
}
