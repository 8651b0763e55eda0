package io.plabble.protocol.internal.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/** HKDF-SHA256 (RFC 5869) with the extract step done once. */
public final class HkdfSha256 {
    private static final int MOST_BLOCKS = 255;

    private final HmacSha256 expanding;

    private HkdfSha256(HmacSha256 expanding) {
        this.expanding = expanding;
    }

    /**
     * The extract step.
     *
     * @param salt may be empty, which is none
     */
    public static HkdfSha256 extract(byte[] salt, byte[] inputKeyMaterial) {
        HmacSha256 extracting = new HmacSha256(salt); // an empty key is one of zeros, as RFC 5869 §2.2 has it
        byte[] pseudorandomKey = new byte[Sha256.LENGTH];
        MessageDigest mac = extracting.begin();
        mac.update(inputKeyMaterial);
        extracting.finish(mac, pseudorandomKey);
        HkdfSha256 hkdf = new HkdfSha256(new HmacSha256(pseudorandomKey));
        Arrays.fill(pseudorandomKey, (byte) 0);
        return hkdf;
    }

    /**
     * The expand step.
     *
     * @param length in bytes, 0 to 8,160
     */
    public byte[] expand(byte[] info, int length) {
        if (length < 0 || length > MOST_BLOCKS * Sha256.LENGTH) {
            throw new IllegalArgumentException("HKDF: " + length + " bytes");
        }
        byte[] output = new byte[length];
        byte[] block = new byte[Sha256.LENGTH];
        for (int done = 0, number = 1; done < length; done += Sha256.LENGTH, number++) {
            MessageDigest mac = expanding.begin();
            if (number > 1) {
                mac.update(block);
            }
            mac.update(info);
            mac.update((byte) number);
            expanding.finish(mac, block);
            System.arraycopy(block, 0, output, done, Math.min(block.length, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }

    /** Overwrites the key; no engine has kept it. */
    public void erase() {
        expanding.erase();
    }
}
