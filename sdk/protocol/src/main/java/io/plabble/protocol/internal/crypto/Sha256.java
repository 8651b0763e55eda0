package io.plabble.protocol.internal.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4) of the JDK, which processors help with. */
public final class Sha256 {
    public static final int LENGTH = 32;

    private Sha256() {}

    /** A digest to be used again and again by one thread at a time. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static byte[] digest(byte[] input) {
        return newDigest().digest(input);
    }
}
