package io.plabble.protocol.internal.crypto;

import java.lang.invoke.VarHandle;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/** Secret bytes that can be erased, and hide themselves. */
public final class SecretBytes implements Destroyable {
    private final String erased;
    private final byte[] bytes;
    private volatile boolean destroyed;

    /**
     * A secret.
     *
     * @param bytes copied
     * @param erased what to say to who wants it once it is erased
     */
    public SecretBytes(byte[] bytes, String erased) {
        this.bytes = bytes.clone();
        this.erased = erased;
    }

    /**
     * A copy; erase it after use.
     *
     * @throws IllegalStateException once erased
     */
    public byte[] copy() {
        byte[] copy = bytes.clone();
        VarHandle.loadLoadFence(); // with its counterpart: what a racing erasure has half done is never handed out
        if (destroyed) {
            Arrays.fill(copy, (byte) 0);
            throw new IllegalStateException(erased);
        }
        return copy;
    }

    /** Whether both hold the same bytes, or are erased, compared in constant time. */
    public boolean matches(SecretBytes other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public void destroy() {
        destroyed = true;
        VarHandle.storeStoreFence();
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "SecretBytes[redacted]";
    }
}
