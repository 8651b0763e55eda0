package io.plabble.protocol.internal.crypto;

import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;

/** Poly1305 (RFC 8439 §2.5) under one-time keys of 32 bytes. Used by one thread at a time. */
public final class Poly1305Mac {
    public static final int LENGTH = 16;

    private final Poly1305 poly1305 = new Poly1305();

    /** The MAC over all the parts, one after the other. */
    public byte[] mac(byte[] oneTimeKey, byte[]... parts) {
        poly1305.init(new KeyParameter(oneTimeKey));
        for (byte[] part : parts) {
            poly1305.update(part, 0, part.length);
        }
        byte[] mac = new byte[LENGTH];
        poly1305.doFinal(mac, 0);
        return mac;
    }
}
