package io.plabble.protocol;

/**
 * What may be done with a bucket, as its id says for good (§8). <em>Public</em> is for everybody who knows the id,
 * <em>private</em> for whoever holds the bucket's key as well. Private read is always allowed.
 */
public enum Permission {
    /** Everybody may read and subscribe. */
    PUBLIC_READ(0x04),
    /** Everybody may put, wipe, and delete if the bucket is {@link #DELETABLE}. */
    PUBLIC_WRITE(0x08),
    /** Everybody may append. */
    PUBLIC_APPEND(0x10),
    /** Holders of the key may put, wipe, and delete if the bucket is {@link #DELETABLE}. */
    PRIVATE_WRITE(0x20),
    /** Holders of the key may append; to write is not to append. */
    PRIVATE_APPEND(0x40),
    /** Whoever may write may delete the bucket. */
    DELETABLE(0x80);

    private final int bit;

    Permission(int bit) {
        this.bit = bit;
    }

    /** The permission's bit in the last byte of a bucket id. */
    int bit() {
        return bit;
    }
}
