package io.plabble.sdk.benchmarks.load.connect;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.plabble.sdk.benchmarks.load.Latency;
import io.plabble.sdk.benchmarks.load.Load;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;

/** A TLS 1.3 handshake that verifies the server's name and chain. The server counts those that are no resumption. */
public final class TlsConnect implements Load {
    private final TcpClient client;

    /** @param arguments the server's port, its CA's certificate (DER, hexadecimal), Netty's name of the provider */
    public TlsConnect(List<String> arguments) {
        SslContext context = context(arguments.get(1), SslProvider.valueOf(arguments.get(2)));
        this.client = TcpClient.create(ConnectionProvider.newConnection())
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments.get(0)))
                .secure(tls -> tls.sslContext(context));
    }

    private static SslContext context(String ca, SslProvider provider) {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(provider)
                    .protocols("TLSv1.3")
                    .trustManager(certificate(HexFormat.of().parseHex(ca)))
                    .build();
        } catch (SSLException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    @Override
    public Mono<Void> once(Histogram latencies) {
        return Latency.record(client.connect(), latencies).flatMap(Closing::close);
    }
}
