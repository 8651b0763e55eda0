package io.plabble.protocol.crypto;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.internal.crypto.Ed25519PublicKey;
import io.plabble.protocol.internal.crypto.SessionRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 (RFC 8032) key pair: what a server proves its identity with and an issuer signs certificates with. */
public final class IdentityKeyPair implements Destroyable {
    /** The length of a seed, the private key of RFC 8032, in bytes. */
    public static final int SEED_LENGTH = Ed25519.SECRET_KEY_SIZE;

    private final byte[] seed;
    private final IdentityKey publicKey;
    private volatile boolean destroyed;

    private IdentityKeyPair(byte[] seed) {
        this.seed = seed;
        byte[] encoded = new byte[IdentityKey.LENGTH];
        Ed25519.generatePublicKey(seed, 0, encoded, 0);
        this.publicKey = IdentityKey.of(encoded);
    }

    /** A new key pair. The first use in a JVM waits for the operating system's entropy. */
    public static IdentityKeyPair generate() {
        byte[] seed = new byte[SEED_LENGTH];
        SessionRandom.seeded().nextBytes(seed);
        return new IdentityKeyPair(seed);
    }

    /**
     * The key pair of a private key.
     *
     * @param seed 32 bytes, copied
     * @throws PlabbleConfigurationException for another length
     */
    public static IdentityKeyPair ofSeed(byte[] seed) {
        if (seed == null || seed.length != SEED_LENGTH) {
            throw new PlabbleConfigurationException(
                    "identity key pair: a seed of " + (seed == null ? "null" : seed.length + " bytes") + ", needs 32");
        }
        return new IdentityKeyPair(seed.clone());
    }

    public IdentityKey publicKey() {
        return publicKey;
    }

    /**
     * The 64-byte signature over the message.
     *
     * @throws IllegalStateException once destroyed
     */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519PublicKey.SIGNATURE_LENGTH];
        Ed25519.sign(live(), 0, publicKey.bytes(), 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /**
     * A copy of the 32 secret bytes; erase it after use.
     *
     * @throws IllegalStateException once destroyed
     */
    public byte[] seed() {
        return live().clone();
    }

    private byte[] live() {
        if (destroyed) {
            throw new IllegalStateException("the private key has been erased");
        }
        return seed;
    }

    /** Overwrites the private key. */
    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    /** Shows the public key only. */
    @Override
    public String toString() {
        return "IdentityKeyPair[publicKey=" + publicKey + "]";
    }
}
