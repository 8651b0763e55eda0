package io.plabble.protocol.internal.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public key that has passed D15, with its point decoded once: decoding costs a square root, and every verification
 * would repeat it.
 */
public final class Ed25519PublicKey {
    public static final int LENGTH = Ed25519.PUBLIC_KEY_SIZE;
    public static final int SIGNATURE_LENGTH = Ed25519.SIGNATURE_SIZE;

    private final byte[] encoded;
    private final Ed25519.PublicPoint point;

    private Ed25519PublicKey(byte[] encoded, Ed25519.PublicPoint point) {
        this.encoded = encoded;
        this.point = point;
    }

    /** The key, or empty if it is not canonical, no point of the curve, or of small order. */
    public static Optional<Ed25519PublicKey> decode(byte[] bytes, int offset) {
        byte[] encoded = Arrays.copyOfRange(bytes, offset, offset + LENGTH);
        Ed25519.PublicPoint point = Ed25519.validatePublicKeyPartialExport(encoded, 0);
        return point == null ? Optional.empty() : Optional.of(new Ed25519PublicKey(encoded, point));
    }

    /** BouncyCastle refuses S ≥ L and a non-canonical R itself. */
    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == SIGNATURE_LENGTH && Ed25519.verify(signature, 0, point, message, 0, message.length);
    }

    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519PublicKey that && MessageDigest.isEqual(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}
