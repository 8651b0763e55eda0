package io.plabble.protocol.internal.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;

/** Poly1305 (RFC 8439 §2.5) under one-time keys of 32 bytes. Used by one thread at a time; keeps neither key nor message after use. */
public final class Poly1305Mac {
    public static final int LENGTH = 16;

    private static final int KEY_LENGTH = 32;
    private static final byte[] ZEROS = new byte[16]; // a block

    private final Poly1305 poly1305 = new Poly1305();
    private final KeyParameter key = new KeyParameter(new byte[KEY_LENGTH]); // holds one only while it is handed over

    /** The MAC over all the parts, one after the other. */
    public byte[] mac(byte[] oneTimeKey, byte[]... parts) {
        byte[] mac = new byte[LENGTH];
        try {
            begin(oneTimeKey);
            for (byte[] part : parts) {
                update(part);
            }
            finish(mac, 0);
            return mac;
        } finally {
            erase();
        }
    }

    /**
     * To be followed by {@link #update}, any number of times, {@link #finish} and {@link #erase}.
     *
     * @param oneTimeKey in the first 32 bytes
     */
    public void begin(byte[] oneTimeKey) {
        System.arraycopy(oneTimeKey, 0, key.getKey(), 0, KEY_LENGTH);
        poly1305.init(key);
        Arrays.fill(key.getKey(), (byte) 0);
    }

    public void update(byte[] bytes) {
        update(bytes, 0, bytes.length);
    }

    public void update(byte[] bytes, int offset, int length) {
        poly1305.update(bytes, offset, length);
    }

    public void finish(byte[] output, int offset) {
        poly1305.doFinal(output, offset);
    }

    /** Forgets the key, and the last block, in which a bucket key may have been. */
    public void erase() {
        poly1305.init(key); // which is all zero by now
        poly1305.update(ZEROS, 0, ZEROS.length);
        poly1305.reset();
    }
}
