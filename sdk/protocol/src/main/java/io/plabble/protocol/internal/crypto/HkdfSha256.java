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
        extracting.finish(mac, pseudorandomKey, 0);
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
        byte[] blocks = new byte[(length + Sha256.LENGTH - 1) / Sha256.LENGTH * Sha256.LENGTH];
        for (int offset = 0, number = 1; offset < blocks.length; offset += Sha256.LENGTH, number++) {
            MessageDigest mac = expanding.begin();
            if (offset > 0) {
                mac.update(blocks, offset - Sha256.LENGTH, Sha256.LENGTH);
            }
            mac.update(info);
            mac.update((byte) number);
            expanding.finish(mac, blocks, offset);
        }
        if (length == blocks.length) { // as all keys of Plabble are
            return blocks;
        }
        byte[] output = Arrays.copyOf(blocks, length);
        Arrays.fill(blocks, (byte) 0);
        return output;
    }

    /** Overwrites the key; no engine has kept it. */
    public void erase() {
        expanding.erase();
    }
}
