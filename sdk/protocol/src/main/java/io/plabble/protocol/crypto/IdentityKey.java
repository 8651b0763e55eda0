package io.plabble.protocol.crypto;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.internal.crypto.Ed25519PublicKey;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An Ed25519 (RFC 8032) public key that identifies a server or an issuer: 32 bytes, a canonical encoding of a point of
 * large order (D15). A value; not secret.
 */
public final class IdentityKey {
    /** The length of an identity key in bytes. */
    public static final int LENGTH = Ed25519PublicKey.LENGTH;

    private final Ed25519PublicKey key;

    private IdentityKey(Ed25519PublicKey key) {
        this.key = key;
    }

    /**
     * The key with this encoding.
     *
     * @param bytes 32 bytes, copied
     * @throws PlabbleConfigurationException for another length, a non-canonical encoding or a point of small order
     */
    public static IdentityKey of(byte[] bytes) {
        if (bytes == null || bytes.length != LENGTH) {
            throw new PlabbleConfigurationException(
                    "identity key: " + (bytes == null ? "null" : bytes.length + " bytes") + ", needs " + LENGTH);
        }
        return Ed25519PublicKey.decode(bytes, 0)
                .map(IdentityKey::new)
                .orElseThrow(
                        () -> new PlabbleConfigurationException(
                                "identity key: not a canonical Ed25519 point of large order; it would verify forged signatures"));
    }

    /**
     * The key with this encoding, in hexadecimal.
     *
     * @param hex 64 hexadecimal digits
     * @throws PlabbleConfigurationException for anything that {@link #of} refuses, or other characters
     */
    public static IdentityKey ofHex(String hex) {
        try {
            return of(HexFormat.of().parseHex(Objects.requireNonNull(hex)));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new PlabbleConfigurationException("identity key: needs 64 hexadecimal digits", e);
        }
    }

    /** Not API: wraps a key that was checked already. */
    public static IdentityKey of(Ed25519PublicKey key) {
        return new IdentityKey(key);
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return key.encoded();
    }

    /**
     * Whether the signature is this key's over the message; strict (D15): 64 bytes, S below the group order, canonical R.
     *
     * @param signature 64 bytes; any other length is never valid
     */
    public boolean verifies(byte[] message, byte[] signature) {
        return key.verifies(message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdentityKey that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
