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
import java.security.PublicKey;
import java.security.Signature;
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
        PublicKey publicKey = chain.get(0).getPublicKey();
        PrivateKey key = key(privateKey, keys.get(0), publicKey.getAlgorithm());
        require(areAPair(key, publicKey), privateKey + ": not the key of the first certificate in " + certificateChain);
        return new TlsCertificates(chain.get(chain.size() - 1), chain, key);
    }

    /** TLS itself would find out in the first handshake only, and not say so. */
    private static boolean areAPair(PrivateKey key, PublicKey publicKey) {
        String algorithm = switch (publicKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> publicKey.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
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
            try {
                names.forEach(name -> addName(server, name));
                if (selfSigned) { // its maker makes none that is not also a CA's
                    X509Bundle own = server.setIsCertificateAuthority(true).buildSelfSigned();
                    return certificates(own, own);
                }
                X509Bundle ca = ca();
                return certificates(ca, server.buildIssuedBy(ca));
            } catch (Exception e) { // as its maker declares
                throw new PlabbleConfigurationException("TLS certificates: cannot be made for " + names, e);
            }
        }

        private static TlsCertificates certificates(X509Bundle ca, X509Bundle own) {
            return new TlsCertificates(
                    ca.getCertificate(),
                    List.of(own.getCertificate()),
                    own.getKeyPair().getPrivate());
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
