package io.plabble.protocol.internal.crypto;

import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** ChaCha20 (RFC 8439 §2.4) from block counter 0 on. Used by one thread at a time. */
public final class ChaCha20 {
    private final ChaCha7539Engine engine = new ChaCha7539Engine();

    /** Encrypts or decrypts, which is the same. */
    public byte[] apply(byte[] key, byte[] nonce, byte[] input, int length) {
        engine.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        byte[] output = new byte[length];
        engine.processBytes(input, 0, length, output, 0);
        return output;
    }
}
