package io.plabble.sdk.benchmarks.load.server;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;

/** TLS 1.3 with a certificate and its root, both of which are sent. Whole handshakes are counted: see {@link FullHandshakes}. */
final class TlsService implements Service {
    private final FullHandshakes handshakes;
    private final Listener listener;
    private final String ca;

    /** @param arguments Netty's names of the provider and of the algorithm of all keys */
    TlsService(List<String> arguments) {
        SslProvider provider = SslProvider.valueOf(arguments.get(0));
        Algorithm algorithm = Algorithm.valueOf(arguments.get(1));
        try {
            X509Bundle root = new CertificateBuilder()
                    .algorithm(algorithm)
                    .subject("CN=Root")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            X509Bundle leaf = new CertificateBuilder()
                    .algorithm(algorithm)
                    .subject("CN=Server")
                    .addSanIpAddress("127.0.0.1")
                    .buildIssuedBy(root);
            ca = HexFormat.of().formatHex(root.getCertificate().getEncoded());
            handshakes =
                    new FullHandshakes(leaf.getKeyPair().getPrivate(), leaf.getCertificate(), root.getCertificate());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        SslContext context = context(provider);
        listener = new Listener(
                channel -> channel.pipeline().addFirst(context.newHandler(channel.alloc()), handshakes.counter()));
    }

    private SslContext context(SslProvider provider) {
        try {
            return SslContextBuilder.forServer(handshakes)
                    .sslProvider(provider)
                    .protocols("TLSv1.3")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String address() {
        return listener.port() + " " + ca;
    }

    @Override
    public long handshakes() {
        return handshakes.count();
    }

    @Override
    public void close() {
        listener.close();
    }
}
