package io.plabble.sdk.test;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.NetUtil;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.internal.crypto.PemFile;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a TLS server shows: X.509 certificates, which have nothing to do with Plabble's own (§5), and their key.
 *
 * @param ca what a client has to trust
 * @param chain as the server sends it: its own certificate, then the intermediates
 * @param key the server certificate's key
 */
public record TlsCertificates(X509Certificate ca, List<X509Certificate> chain, PrivateKey key) {
    /** @throws PlabbleConfigurationException for an empty chain */
    public TlsCertificates {
        Objects.requireNonNull(ca, "ca");
        Objects.requireNonNull(key, "key");
        chain = List.copyOf(chain);
        require(!chain.isEmpty(), "an empty chain");
    }

    /**
     * A fresh CA and a certificate that it has issued, valid from an hour ago for a day.
     *
     * @param names host names and IP addresses, as literals; at least one
     */
    public static TlsCertificates forNames(String... names) {
        return builder(names).build();
    }

    /** To choose the window, or to do without the CA. */
    public static Builder builder(String... names) {
        return new Builder(List.of(names));
    }

    /**
     * Reads certificates (label {@code CERTIFICATE}) and an unencrypted PKCS#8 key (label {@code PRIVATE KEY}); the last of the
     * chain is taken for the CA. Blocks.
     *
     * @throws PlabbleConfigurationException naming the file that is at fault
     */
    static TlsCertificates ofPem(Path certificateChain, Path privateKey) {
        List<X509Certificate> chain = PemFile.read(certificateChain, "CERTIFICATE").stream()
                .map(block -> certificate(certificateChain, block))
                .toList();
        List<PemFile.Block> keys = PemFile.read(privateKey, "PRIVATE KEY");
        require(keys.size() == 1, privateKey + ": more than one key");
        return new TlsCertificates(
                chain.get(chain.size() - 1),
                chain,
                key(privateKey, keys.get(0), chain.get(0).getPublicKey().getAlgorithm()));
    }

    private static X509Certificate certificate(Path file, PemFile.Block block) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content()));
        } catch (CertificateException e) {
            throw new PlabbleConfigurationException(
                    "TLS certificates: " + file + ", line " + block.line() + ": no X.509 certificate", e);
        }
    }

    private static PrivateKey key(Path file, PemFile.Block block, String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.content()));
        } catch (GeneralSecurityException e) {
            throw new PlabbleConfigurationException(
                    "TLS certificates: " + file + ": no " + algorithm + " key, which the certificate is for", e);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new PlabbleConfigurationException("TLS certificates: " + otherwise);
        }
    }

    /** Collects what differs from {@link #forNames}. */
    public static final class Builder {
        private final List<String> names;
        private boolean selfSigned;
        private Instant validFrom = Instant.now().minus(Duration.ofHours(1));
        private Instant validTo = validFrom.plus(Duration.ofDays(1));

        private Builder(List<String> names) {
            require(!names.isEmpty(), "no name");
            this.names = names;
        }

        /** The server certificate's window, in whole seconds, both ends inclusive. The CA's contains it. */
        public Builder valid(Instant from, Instant to) {
            require(!to.isBefore(from), "valid from " + from + " to " + to);
            this.validFrom = from;
            this.validTo = to;
            return this;
        }

        /** No CA: the server's certificate has signed itself, and is what a client has to trust. */
        public Builder selfSigned() {
            this.selfSigned = true;
            return this;
        }

        /** Makes keys (P-256) and certificates; waits for entropy the first time in a JVM. */
        public TlsCertificates build() {
            CertificateBuilder server = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=Plabble test server")
                    .notBefore(validFrom)
                    .notAfter(validTo)
                    .setKeyUsage(true, KeyUsage.digitalSignature)
                    .addExtendedKeyUsageServerAuth();
            names.forEach(name -> addName(server, name));
            try {
                X509Bundle ca = selfSigned ? server.buildSelfSigned() : ca();
                X509Bundle own = selfSigned ? ca : server.buildIssuedBy(ca);
                return new TlsCertificates(
                        ca.getCertificate(),
                        List.of(own.getCertificate()),
                        own.getKeyPair().getPrivate());
            } catch (Exception e) { // as its maker declares
                throw new PlabbleConfigurationException("TLS certificates: cannot be made for " + names, e);
            }
        }

        private X509Bundle ca() throws Exception {
            Duration margin = Duration.ofDays(1);
            return new CertificateBuilder()
                    .ecp256()
                    .subject("CN=Plabble test CA")
                    .notBefore(validFrom.minus(margin))
                    .notAfter(validTo.plus(margin))
                    .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign)
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        }

        private static void addName(CertificateBuilder server, String name) {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(name); // null for what is none; asks no DNS
            if (address == null) {
                server.addSanDnsName(name);
                return;
            }
            try {
                server.addSanIpAddress(InetAddress.getByAddress(address));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("an address of " + address.length + " bytes", e);
            }
        }
    }
}
