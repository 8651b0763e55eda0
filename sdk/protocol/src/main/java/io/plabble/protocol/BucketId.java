package io.plabble.protocol;

import io.plabble.protocol.internal.crypto.SessionRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;

/**
 * The name of a bucket (§8): {@code Random[14] Lifetime[1] Permissions[1]}, 16 bytes. It says what may be done with the bucket
 * and how long it lives; neither can be changed later. Not secret by itself, but in a bucket with public permissions, to know
 * it is to have them.
 */
public final class BucketId {
    /** The length in bytes. */
    public static final int LENGTH = 16;
    /** The longest lifetime in days; 0 days is for ever. */
    public static final int LONGEST_LIFETIME = 0xff;

    private static final int LIFETIME_OFFSET = 14;
    private static final int PERMISSIONS_OFFSET = 15;
    private static final int RANDOM_BITS = 0x03;

    private final byte[] bytes;

    private BucketId(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The id with these bytes.
     *
     * @param bytes 16 bytes, copied
     * @throws PlabbleConfigurationException for another length
     */
    public static BucketId of(byte[] bytes) {
        if (bytes == null || bytes.length != LENGTH) {
            throw new PlabbleConfigurationException(
                    "bucket id: " + (bytes == null ? "null" : bytes.length + " bytes") + ", needs " + LENGTH);
        }
        return new BucketId(bytes.clone());
    }

    /**
     * The id in hexadecimal, as {@link #hex} gives it.
     *
     * @param hex 32 hexadecimal digits
     * @throws PlabbleConfigurationException for anything else
     */
    public static BucketId ofHex(String hex) {
        try {
            return of(HexFormat.of().parseHex(Objects.requireNonNull(hex)));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new PlabbleConfigurationException("bucket id: needs " + 2 * LENGTH + " hexadecimal digits", e);
        }
    }

    /**
     * A new id, 114 of its bits random. The first use of randomness in a JVM waits for the operating system's entropy.
     *
     * @param lifetimeDays 0 to 255; 0 is for ever
     * @throws PlabbleConfigurationException for another lifetime, or null
     */
    public static BucketId generate(int lifetimeDays, Set<Permission> permissions) {
        if (lifetimeDays < 0 || lifetimeDays > LONGEST_LIFETIME) {
            throw new PlabbleConfigurationException(
                    "bucket lifetime: " + lifetimeDays + " days is outside 0 (for ever) to " + LONGEST_LIFETIME);
        }
        if (permissions == null || permissions.stream().anyMatch(permission -> permission == null)) {
            throw new PlabbleConfigurationException("bucket permissions: must not be null");
        }
        byte[] bytes = new byte[LENGTH];
        SessionRandom.seeded().nextBytes(bytes);
        bytes[LIFETIME_OFFSET] = (byte) lifetimeDays;
        bytes[PERMISSIONS_OFFSET] &= RANDOM_BITS;
        permissions.forEach(permission -> bytes[PERMISSIONS_OFFSET] |= (byte) permission.bit());
        return new BucketId(bytes);
    }

    /** 32 lower-case hexadecimal digits, to be stored. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** A copy of the 16 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many days the bucket lives, 1 to 255, or 0: for ever. */
    public int lifetimeDays() {
        return Byte.toUnsignedInt(bytes[LIFETIME_OFFSET]);
    }

    /** What may be done with the bucket. */
    public Set<Permission> permissions() {
        EnumSet<Permission> permissions = EnumSet.allOf(Permission.class);
        permissions.removeIf(permission -> !allows(permission));
        return permissions;
    }

    /** Whether this is among the {@link #permissions()}. */
    public boolean allows(Permission permission) {
        return (bytes[PERMISSIONS_OFFSET] & permission.bit()) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BucketId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** As {@link #hex}. */
    @Override
    public String toString() {
        return hex();
    }
}
