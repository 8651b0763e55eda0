package io.plabble.protocol.internal.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104) under one key, which can be erased. A {@code javax.crypto.Mac} of its own would hold a digest for each key; one for each
 * thread, given the key each time, takes 500 ns for a short message instead of 330.
 */
final class HmacSha256 {
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;
    private static final byte[] NO_KEY = {}; // the same as 32 zeros

    private final byte[] innerPad = new byte[Sha256.BLOCK_LENGTH];
    private final byte[] outerPad = new byte[Sha256.BLOCK_LENGTH];

    HmacSha256(byte[] key) {
        key(key.length > Sha256.BLOCK_LENGTH ? Sha256.digest(key) : key);
    }

    private void key(byte[] key) {
        Arrays.fill(innerPad, INNER);
        Arrays.fill(outerPad, OUTER);
        for (int i = 0; i < key.length; i++) {
            innerPad[i] ^= key[i];
            outerPad[i] ^= key[i];
        }
    }

    /** What takes the message, of this thread; {@link #finish} it at once. */
    MessageDigest begin() {
        MessageDigest sha256 = Engines.ofThisThread().sha256();
        sha256.update(innerPad);
        return sha256;
    }

    /** Writes the 32 bytes of the MAC to the output, and nowhere else. */
    void finish(MessageDigest begun, byte[] output, int offset) {
        Sha256.finish(begun, output, offset);
        begun.update(outerPad);
        begun.update(output, offset, Sha256.LENGTH);
        Sha256.finish(begun, output, offset);
        begun.reset(); // it would keep the MAC, which is a key here
    }

    /** Replaces the key by 32 zeros. */
    void erase() {
        key(NO_KEY);
    }
}
