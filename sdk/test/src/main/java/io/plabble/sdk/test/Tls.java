package io.plabble.sdk.test;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProtocols;
import io.netty.handler.ssl.SslProvider;
import io.plabble.protocol.PlabbleConfigurationException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * TLS as the server speaks it.
 *
 * @param ca what a client has to trust
 */
record Tls(SslContext context, X509Certificate ca) {
    /** The versions that may be asked for, whether or not the JDK's configuration lets them be used. */
    static final List<String> PROTOCOLS =
            List.of(SslProtocols.TLS_v1, SslProtocols.TLS_v1_1, SslProtocols.TLS_v1_2, SslProtocols.TLS_v1_3);

    /** @param protocols the versions spoken; none for the JDK's choice */
    static Tls of(TlsCertificates certificates, List<String> protocols) {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(new TlsKey(certificates))
                    .sslProvider(SslProvider.JDK); // whatever else may be on the class path of whoever tests
            if (!protocols.isEmpty()) {
                builder.protocols(protocols);
            }
            return new Tls(builder.build(), certificates.ca());
        } catch (IOException | RuntimeException e) {
            throw new PlabbleConfigurationException("test server: TLS is not possible with this: " + e.getMessage(), e);
        }
    }
}
