package io.plabble.protocol.internal.crypto;

import java.util.Optional;

/**
 * AEAD_CHACHA20_POLY1305 (RFC 8439 §2.8), the 16-byte tag last. Used by one thread at a time; keeps no key after use. Keys of 32 bytes and
 * nonces of 12 only; no peer chooses either, so others are an {@link IllegalArgumentException}. That no two texts are sealed under one key and
 * nonce is the caller's care.
 */
public final class ChaCha20Poly1305Aead {
    public static final int TAG_LENGTH = Poly1305Mac.LENGTH;

    /**
     * From how many bytes on the JDK does it. It takes 1 µs more and 3 KiB of garbage for every text, forgetting the key included, but less for each
     * byte: it is level at 500 bytes on JDK 17 and at 250 on 25, 1.1 and 1.5 times as fast at 1 KiB, 1.3 and 2 times at 16 KiB (AVX2).
     */
    static final int LARGE = 1024;

    private final Aead small;
    private final Aead large;
    private final int largeFrom;

    ChaCha20Poly1305Aead(ChaCha20 chaCha20, Poly1305Mac poly1305) {
        this(chaCha20, poly1305, LARGE);
    }

    /** For tests, with a threshold of their own. */
    ChaCha20Poly1305Aead(ChaCha20 chaCha20, Poly1305Mac poly1305, int largeFrom) {
        this.small = new ComposedAead(chaCha20, poly1305);
        this.large = JdkAead.create().<Aead>map(jdk -> jdk).orElse(small);
        this.largeFrom = largeFrom;
    }

    /**
     * Writes ciphertext and tag.
     *
     * @param associatedData in parts, one after the other
     * @param offset of where in the output; the tag ends it
     */
    public void seal(byte[] key, byte[] nonce, byte[][] associatedData, byte[] plaintext, byte[] output, int offset) {
        ChaCha20.require(key, nonce);
        forText(plaintext.length).seal(key, nonce, associatedData, plaintext, output, offset);
    }

    /**
     * The plaintext, or empty if the tag does not fit.
     *
     * @param associatedData in parts, one after the other
     * @param sealed ciphertext and tag from {@code offset} on
     */
    public Optional<byte[]> open(byte[] key, byte[] nonce, byte[][] associatedData, byte[] sealed, int offset) {
        int length = sealed.length - offset - TAG_LENGTH;
        if (length < 0) {
            return Optional.empty();
        }
        ChaCha20.require(key, nonce);
        return forText(length).open(key, nonce, associatedData, sealed, offset);
    }

    private Aead forText(int length) {
        return length < largeFrom ? small : large;
    }
}
