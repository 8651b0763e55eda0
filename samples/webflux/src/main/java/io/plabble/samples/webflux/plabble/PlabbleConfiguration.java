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
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import reactor.netty.tcp.TcpSslContextSpec;

/** One client and one lasting session for the whole service. */
@Configuration(proxyBeanMethods = false)
class PlabbleConfiguration {
    /** A service outlasts any outage of its server, so it never stops trying. */
    private static final Reconnection FOR_EVER =
            Reconnection.DEFAULT.maxRetries(Long.MAX_VALUE).pauses(Duration.ofMillis(100), Duration.ofSeconds(10));

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
                        .reconnection(FOR_EVER));
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
            if (properties.trust() != null) {
                Path roots = properties.trust();
                TrustStore.roots(
                        roots); // a file that cannot be used stops the start; later, it is read at each connect
                client = client.trust(() -> TrustStore.roots(roots));
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
            SslManagerBundle managers = bundles.getBundle(bundle).getManagers();
            return client.secure(spec -> spec.sslContext(TcpSslContextSpec.forClient()
                    .configure(context -> context.keyManager(managers.getKeyManagerFactory())
                            .trustManager(managers.getTrustManagerFactory()))));
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
