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

    private final byte[] privateKey;
    private final byte[] publicKey = new byte[LENGTH];
    private volatile boolean destroyed;

    private SessionKeyPair(byte[] privateKey) {
        this.privateKey = privateKey;
        X25519.generatePublicKey(privateKey, 0, publicKey, 0);
    }

    public static SessionKeyPair generate(SecureRandom random) {
        byte[] privateKey = new byte[LENGTH];
        X25519.generatePrivateKey(random, privateKey);
        return new SessionKeyPair(privateKey);
    }

    /** From 32 private bytes, copied; clamping is X25519's own. */
    public static SessionKeyPair ofPrivateKey(byte[] privateKey) {
        return new SessionKeyPair(Arrays.copyOf(privateKey, LENGTH));
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The shared secret with the peer, or empty where it would be all zero: a low-order key (D5, RFC 7748 §6.1). */
    public Optional<SharedSecret> agree(byte[] peerPublicKey) {
        if (destroyed) {
            throw new IllegalStateException("the private key has been erased");
        }
        byte[] agreed = new byte[LENGTH];
        try {
            return X25519.calculateAgreement(privateKey, 0, peerPublicKey, 0, agreed, 0)
                    ? Optional.of(SharedSecret.of(agreed))
                    : Optional.empty();
        } finally {
            Arrays.fill(agreed, (byte) 0);
        }
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(privateKey, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "SessionKeyPair[redacted]";
    }
}
