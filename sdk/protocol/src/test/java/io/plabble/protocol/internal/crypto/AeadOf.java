package io.plabble.protocol.internal.crypto;

import java.util.Optional;

/** Who may carry out the AEAD: both are put to every test. */
enum AeadOf {
    THE_RIGHT_ONE_FOR_THE_SIZE(ChaCha20Poly1305Aead.LARGE),
    BOUNCY_CASTLE(Integer.MAX_VALUE),
    THE_JDK(0);

    private final int largeFrom;

    AeadOf(int largeFrom) {
        this.largeFrom = largeFrom;
    }

    ChaCha20Poly1305Aead engine() {
        return new ChaCha20Poly1305Aead(new ChaCha20(), new Poly1305Mac(), largeFrom);
    }

    byte[] seal(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext) {
        byte[] sealed = new byte[plaintext.length + ChaCha20Poly1305Aead.TAG_LENGTH];
        engine().seal(key, nonce, new byte[][] {associatedData}, plaintext, sealed, 0);
        return sealed;
    }

    Optional<byte[]> open(byte[] key, byte[] nonce, byte[] associatedData, byte[] sealed, int offset) {
        return engine().open(key, nonce, new byte[][] {associatedData}, sealed, offset);
    }
}
