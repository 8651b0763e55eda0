package io.plabble.protocol;

import io.plabble.protocol.internal.crypto.SecretBytes;
import io.plabble.protocol.internal.crypto.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.security.auth.Destroyable;

/**
 * What proves the ownership of a bucket (§8): 32 secret bytes that never travel. It is made when the bucket is created, belongs
 * to the caller, and outlives the session: <strong>whoever loses it loses the bucket</strong>, so keep it as you keep a password.
 */
public final class BucketKey implements Destroyable {
    /** The length in bytes. */
    public static final int LENGTH = 32;

    private final SecretBytes secret;
    private final int hash;

    private BucketKey(byte[] bytes) {
        this.secret = new SecretBytes(bytes, "the bucket key was erased");
        // Of a digest, so that the number, which stays and may be seen, tells nothing of the key.
        this.hash = ByteBuffer.wrap(Sha256.digest(bytes)).getInt();
    }

    /**
     * The key with these bytes.
     *
     * @param bytes 32 bytes, copied
     * @throws PlabbleConfigurationException for another length
     */
    public static BucketKey of(byte[] bytes) {
        if (bytes == null || bytes.length != LENGTH) {
            throw new PlabbleConfigurationException("bucket key: needs " + LENGTH + " bytes");
        }
        return new BucketKey(bytes);
    }

    /**
     * The key in hexadecimal, as {@link #hex} gives it.
     *
     * @param hex 64 hexadecimal digits
     * @throws PlabbleConfigurationException for anything else; its message does not show what was given
     */
    public static BucketKey ofHex(String hex) {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(Objects.requireNonNull(hex));
        } catch (IllegalArgumentException | NullPointerException e) { // the cause would quote the text
            throw new PlabbleConfigurationException("bucket key: needs " + 2 * LENGTH + " hexadecimal digits");
        }
        try {
            return of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * A copy of the 32 secret bytes; erase it after use.
     *
     * @throws IllegalStateException once erased
     */
    public byte[] copy() {
        return secret.copy();
    }

    /**
     * The secret as 64 lower-case hexadecimal digits, to be stored; a string cannot be erased.
     *
     * @throws IllegalStateException once erased
     */
    public String hex() {
        byte[] copy = copy();
        try {
            return HexFormat.of().formatHex(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /** Overwrites the key. Sessions do not: the key is the caller's. */
    @Override
    public void destroy() {
        secret.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return secret.isDestroyed();
    }

    /** Compares in constant time. Keys that were erased are still told apart by {@link #hashCode}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof BucketKey that && (hash == that.hash & secret.matches(that.secret));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Shows nothing of the key. */
    @Override
    public String toString() {
        return "BucketKey[redacted]";
    }
}
