package io.plabble.protocol.internal.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4) of the JDK, which processors help with. */
public final class Sha256 {
    public static final int LENGTH = 32;

    /** What it takes in at a time. */
    static final int BLOCK_LENGTH = 64;

    private Sha256() {}

    /** A digest to be used again and again by one thread at a time. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest of this; nothing else of the input is left behind. */
    public static byte[] digest(byte[] input) {
        return digest(input, 0, input.length);
    }

    /** The digest of a part of this; nothing else of the input is left behind. */
    public static byte[] digest(byte[] input, int offset, int length) {
        MessageDigest sha256 = Engines.ofThisThread().sha256();
        sha256.update(input, offset, length);
        byte[] digest = sha256.digest();
        sha256.reset();
        return digest;
    }

    /** Writes the digest of what the engine was given to the output. */
    static void finish(MessageDigest sha256, byte[] output, int offset) {
        try {
            sha256.digest(output, offset, LENGTH);
        } catch (DigestException e) {
            throw new IllegalArgumentException("SHA-256 into " + output.length + " bytes", e);
        }
    }
}
