package io.plabble.protocol.internal.crypto;

import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * AEAD_CHACHA20_POLY1305 (RFC 8439 §2.8), the 16-byte tag last. Used by one thread at a time. Keys of 32 bytes and nonces of
 * 12 only; no peer chooses either, so others are an {@link IllegalArgumentException}.
 */
public final class ChaCha20Poly1305Aead {
    public static final int TAG_LENGTH = 16;

    // One for each direction: BouncyCastle refuses to encrypt twice under a key and nonce, as it should.
    private final ChaCha20Poly1305 sealing = new ChaCha20Poly1305();
    private final ChaCha20Poly1305 opening = new ChaCha20Poly1305();

    public byte[] seal(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext) {
        sealing.init(true, parameters(key, nonce, associatedData));
        byte[] sealed = new byte[plaintext.length + TAG_LENGTH];
        try {
            int written = sealing.processBytes(plaintext, 0, plaintext.length, sealed, 0);
            sealing.doFinal(sealed, written);
            return sealed;
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encrypting checks no tag", e);
        }
    }

    /**
     * The plaintext, or empty if the tag does not fit.
     *
     * @param sealed ciphertext and tag from {@code offset} on
     */
    public Optional<byte[]> open(byte[] key, byte[] nonce, byte[] associatedData, byte[] sealed, int offset) {
        int length = sealed.length - offset;
        if (length < TAG_LENGTH) {
            return Optional.empty();
        }
        opening.init(false, parameters(key, nonce, associatedData));
        byte[] plaintext = new byte[length - TAG_LENGTH];
        try {
            int written = opening.processBytes(sealed, offset, length, plaintext, 0);
            opening.doFinal(plaintext, written);
            return Optional.of(plaintext);
        } catch (InvalidCipherTextException e) {
            return Optional.empty(); // and what was decrypted before the tag was compared is dropped with it
        }
    }

    private static AEADParameters parameters(byte[] key, byte[] nonce, byte[] associatedData) {
        return new AEADParameters(new KeyParameter(key), 8 * TAG_LENGTH, nonce, associatedData);
    }
}
