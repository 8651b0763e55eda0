package io.plabble.protocol.internal.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** ChaCha20 (RFC 8439 §2.4) from block counter 0 on. Used by one thread at a time; keeps no key after use. */
public final class ChaCha20 {
    static final int KEY_LENGTH = 32;
    static final int NONCE_LENGTH = 12;

    private final Engine engine = new Engine();

    /** Encrypts or decrypts, which is the same. */
    public byte[] apply(byte[] key, byte[] nonce, byte[] input, int length) {
        byte[] output = new byte[length];
        try {
            begin(key, nonce);
            process(input, 0, length, output, 0);
            return output;
        } finally {
            erase();
        }
    }

    /** To be followed by {@link #process}, any number of times, and {@link #erase}. */
    void begin(byte[] key, byte[] nonce) {
        require(key, nonce);
        engine.begin(key, nonce);
    }

    static void require(byte[] key, byte[] nonce) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("Key must be 256 bits");
        }
        if (nonce.length != NONCE_LENGTH) {
            throw new IllegalArgumentException("Nonce must be 96 bits");
        }
    }

    /** Encrypts or decrypts what comes next. */
    void process(byte[] input, int offset, int length, byte[] output, int outputOffset) {
        engine.processBytes(input, offset, length, output, outputOffset);
    }

    /** Forgets key and key stream. */
    void erase() {
        engine.erase();
    }

    /** What BouncyCastle's engine can do for its heirs: take a key without a copy of it, and forget it. */
    private static final class Engine extends ChaCha7539Engine {
        private boolean erasing;

        Engine() {
            init(true, new ParametersWithIV(new KeyParameter(new byte[KEY_LENGTH]), new byte[NONCE_LENGTH]));
        }

        void begin(byte[] key, byte[] nonce) {
            setKey(key, nonce);
            reset();
        }

        void erase() {
            Arrays.fill(engineState, 0);
            Arrays.fill(x, 0);
            erasing = true;
            reset();
            erasing = false;
        }

        /** The one way to the key stream, which is private. */
        @Override
        protected void generateKeyStream(byte[] output) {
            if (erasing) {
                Arrays.fill(output, (byte) 0);
            } else {
                super.generateKeyStream(output);
            }
        }
    }
}
