package io.plabble.protocol.internal.crypto;

import io.plabble.protocol.crypto.SharedSecret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.security.auth.Destroyable;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** An X25519 (RFC 7748) key pair, fresh for one session (§4, step 1). */
public final class SessionKeyPair implements Destroyable {
    public static final int LENGTH = X25519.POINT_SIZE;

    private final SecretBytes privateKey;
    private final byte[] publicKey = new byte[LENGTH];

    private SessionKeyPair(byte[] privateKey) {
        this.privateKey = new SecretBytes(privateKey, "the private key has been erased");
        X25519.generatePublicKey(privateKey, 0, publicKey, 0);
    }

    public static SessionKeyPair generate(SecureRandom random) {
        byte[] privateKey = new byte[LENGTH];
        X25519.generatePrivateKey(random, privateKey);
        try {
            return new SessionKeyPair(privateKey);
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    /** From 32 private bytes, copied; clamping is X25519's own. */
    public static SessionKeyPair ofPrivateKey(byte[] privateKey) {
        return new SessionKeyPair(privateKey);
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The shared secret with the peer, or empty where it would be all zero: a low-order key (D5, RFC 7748 §6.1). */
    public Optional<SharedSecret> agree(byte[] peerPublicKey) {
        byte[] own = privateKey.copy();
        byte[] agreed = new byte[LENGTH];
        try {
            return X25519.calculateAgreement(own, 0, peerPublicKey, 0, agreed, 0)
                    ? Optional.of(SharedSecret.of(agreed))
                    : Optional.empty();
        } finally {
            Arrays.fill(own, (byte) 0);
            Arrays.fill(agreed, (byte) 0);
        }
    }

    @Override
    public void destroy() {
        privateKey.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return privateKey.isDestroyed();
    }

    @Override
    public String toString() {
        return "SessionKeyPair[redacted]";
    }
}
