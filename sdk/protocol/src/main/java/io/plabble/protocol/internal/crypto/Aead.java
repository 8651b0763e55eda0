package io.plabble.protocol.internal.crypto;

import java.util.Optional;

/** One implementation of {@link ChaCha20Poly1305Aead}, which says what is to be done. Keys and nonces have the right length here. */
interface Aead {
    void seal(byte[] key, byte[] nonce, byte[][] associatedData, byte[] plaintext, byte[] output, int offset);

    Optional<byte[]> open(byte[] key, byte[] nonce, byte[][] associatedData, byte[] sealed, int offset);
}
