package io.plabble.protocol.crypto;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.internal.crypto.Ed25519PublicKey;
import io.plabble.protocol.internal.crypto.SecretBytes;
import io.plabble.protocol.internal.crypto.SessionRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 (RFC 8032) key pair: what a server proves its identity with and an issuer signs certificates with. */
public final class IdentityKeyPair implements Destroyable {
    /** The length of a seed, the private key of RFC 8032, in bytes. */
    public static final int SEED_LENGTH = Ed25519.SECRET_KEY_SIZE;

    private final SecretBytes seed;
    private final IdentityKey publicKey;

    private IdentityKeyPair(byte[] seed) {
        this.seed = new SecretBytes(seed, "the private key has been erased");
        byte[] encoded = new byte[IdentityKey.LENGTH];
        Ed25519.generatePublicKey(seed, 0, encoded, 0);
        this.publicKey = IdentityKey.of(encoded);
    }

    /** A new key pair. The first use in a JVM waits for the operating system's entropy. */
    public static IdentityKeyPair generate() {
        byte[] seed = new byte[SEED_LENGTH];
        SessionRandom.seeded().nextBytes(seed);
        try {
            return new IdentityKeyPair(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
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
        return new IdentityKeyPair(seed);
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
        byte[] own = seed();
        byte[] signature = new byte[Ed25519PublicKey.SIGNATURE_LENGTH];
        try {
            Ed25519.sign(own, 0, publicKey.bytes(), 0, message, 0, message.length, signature, 0);
            return signature;
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }

    /**
     * A copy of the 32 secret bytes; erase it after use.
     *
     * @throws IllegalStateException once destroyed
     */
    public byte[] seed() {
        return seed.copy();
    }

    /** Overwrites the private key. */
    @Override
    public void destroy() {
        seed.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return seed.isDestroyed();
    }

    /** Shows the public key only. */
    @Override
    public String toString() {
        return "IdentityKeyPair[publicKey=" + publicKey + "]";
    }
}
