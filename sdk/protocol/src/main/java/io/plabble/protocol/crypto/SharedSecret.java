package io.plabble.protocol.crypto;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.internal.crypto.SecretBytes;
import io.plabble.protocol.internal.crypto.Sha256;
import java.util.HexFormat;
import javax.security.auth.Destroyable;

/**
 * The 32 bytes that both ends of a session hold and nobody else does: X25519 of the two session keys, the <em>session
 * key</em> of §4. Erased when its session closes; the fingerprint stays.
 */
public final class SharedSecret implements Destroyable {
    /** The length in bytes. */
    public static final int LENGTH = 32;

    private final SecretBytes secret;
    private final byte[] digest;

    private SharedSecret(byte[] bytes) {
        this.secret = new SecretBytes(bytes, "the shared secret was erased when its session closed");
        this.digest = Sha256.digest(bytes);
    }

    /**
     * The secret with these bytes.
     *
     * @param bytes 32 bytes, copied
     * @throws PlabbleConfigurationException for another length
     */
    public static SharedSecret of(byte[] bytes) {
        if (bytes == null || bytes.length != LENGTH) {
            throw new PlabbleConfigurationException("shared secret: needs " + LENGTH + " bytes");
        }
        return new SharedSecret(bytes);
    }

    /**
     * A copy of the 32 secret bytes; erase it after use.
     *
     * @throws IllegalStateException once erased, which the closing of the session does
     */
    public byte[] copy() {
        return secret.copy();
    }

    /** SHA-256 of the secret, 64 hexadecimal digits, to compare what two ends hold; not secret, and kept after erasure. */
    public String fingerprint() {
        return HexFormat.of().formatHex(digest);
    }

    /** Overwrites the secret. */
    @Override
    public void destroy() {
        secret.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return secret.isDestroyed();
    }

    /** Shows nothing of the secret. */
    @Override
    public String toString() {
        return "SharedSecret[redacted]";
    }
}
