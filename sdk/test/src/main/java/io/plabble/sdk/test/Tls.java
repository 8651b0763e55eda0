package io.plabble.sdk.test;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.plabble.protocol.PlabbleConfigurationException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * TLS as the server speaks it.
 *
 * @param ca what a client has to trust
 */
record Tls(SslContext context, X509Certificate ca) {
    /** The versions that may be asked for, whether or not the JDK's configuration lets them be used. */
    static List<String> knownProtocols() {
        try {
            return List.of(SSLContext.getDefault().getSupportedSSLParameters().getProtocols());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without TLS", e);
        }
    }

    /** @param protocols the versions spoken; none for the JDK's choice */
    static Tls of(TlsCertificates certificates, List<String> protocols) {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(certificates.key(), certificates.chain())
                    .sslProvider(SslProvider.JDK); // whatever else may be on the class path of whoever tests
            if (!protocols.isEmpty()) {
                builder.protocols(protocols);
            }
            return new Tls(builder.build(), certificates.ca());
        } catch (SSLException | RuntimeException e) {
            throw new PlabbleConfigurationException("test server: TLS is not possible with this: " + e.getMessage(), e);
        }
    }
}
