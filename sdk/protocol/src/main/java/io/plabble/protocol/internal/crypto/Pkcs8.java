package io.plabble.protocol.internal.crypto;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** Ed25519 private keys as PKCS#8 (RFC 8410 §7). */
public final class Pkcs8 {
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private Pkcs8() {}

    /** The 32-byte seed, or empty if this is no Ed25519 private key. */
    public static Optional<byte[]> decode(byte[] encoded) {
        try {
            return PrivateKeyFactory.createKey(encoded) instanceof Ed25519PrivateKeyParameters key
                    ? Optional.of(key.getEncoded())
                    : Optional.empty();
        } catch (IOException | RuntimeException e) { // BouncyCastle throws either for garbled ASN.1
            return Optional.empty();
        }
    }

    /** Version 1, without the public key: what every other tool reads. */
    public static byte[] encode(byte[] seed) {
        try {
            return new PrivateKeyInfo(new AlgorithmIdentifier(ED25519), new DEROctetString(seed))
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("encoding to memory cannot fail", e);
        }
    }
}
