package io.plabble.protocol.internal.crypto;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * HKDF-SHA256 (RFC 5869) with the extract step done once, over the JDK's HMAC. Used by one thread at a time.
 */
public final class HkdfSha256 {
    private static final int MOST_BLOCKS = 255;
    private static final byte[] NO_SALT = new byte[Sha256.LENGTH]; // RFC 5869 §2.2

    private final Mac expanding;

    private HkdfSha256(Mac expanding) {
        this.expanding = expanding;
    }

    /** Gets the JDK's HMAC ready. <em>The first call in a JVM reads files</em>: make it off the event loop. */
    public static void load() {
        newMac();
    }

    /**
     * The extract step.
     *
     * @param salt may be empty, which is none
     */
    public static HkdfSha256 extract(byte[] salt, byte[] inputKeyMaterial) {
        Mac mac = newMac();
        initialize(mac, salt.length == 0 ? NO_SALT : salt);
        byte[] pseudorandomKey = mac.doFinal(inputKeyMaterial);
        initialize(mac, pseudorandomKey);
        Arrays.fill(pseudorandomKey, (byte) 0);
        return new HkdfSha256(mac);
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
        byte[] block = {};
        for (int done = 0, number = 1; done < length; done += Sha256.LENGTH, number++) {
            expanding.update(block);
            expanding.update(info);
            expanding.update((byte) number);
            Arrays.fill(block, (byte) 0);
            block = expanding.doFinal();
            System.arraycopy(block, 0, output, done, Math.min(block.length, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }

    /** Overwrites the pads that the JDK's HMAC has made of the key. */
    public void erase() {
        initialize(expanding, NO_SALT);
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static void initialize(Mac mac, byte[] key) {
        try {
            mac.init(new BorrowedKey(key));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("HMAC takes keys of every length", e);
        }
    }

    /** SecretKeySpec would keep a copy that nobody can erase; the JDK erases the one that it is given here. */
    private record BorrowedKey(byte[] bytes) implements SecretKey {
        private static final long serialVersionUID = 1L;

        @Override
        public String getAlgorithm() {
            return "HmacSHA256";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return bytes.clone();
        }

        @Override
        public String toString() {
            return "BorrowedKey[redacted]";
        }
    }
}
