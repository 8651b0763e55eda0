package io.plabble.protocol.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/** The AEAD of the JDK's own provider. */
final class JdkAead implements Aead {
    /** By name: another one that was put before it, BouncyCastle's say, is neither known to be fast nor to treat keys as below. */
    private static final String PROVIDER = "SunJCE";

    /** Before JDK 22 (JDK-8318756), what was to be opened and did not begin at 0 was copied twice. */
    private static final boolean COPIES_FROM_OFFSETS = Runtime.version().feature() < 22;

    private static final LentKey NO_KEY = new LentKey(new byte[ChaCha20.KEY_LENGTH]);
    private static final IvParameterSpec NO_NONCE = nonceOfNoPacket();

    private final Cipher cipher;

    private JdkAead(Cipher cipher) {
        this.cipher = cipher;
    }

    /** Empty where there is no such provider, or it is not let do this, as under FIPS 140. */
    static Optional<JdkAead> create() {
        try {
            JdkAead aead = new JdkAead(Cipher.getInstance("ChaCha20-Poly1305", PROVIDER));
            aead.takeNoKey(); // what reads files does so the first time in a JVM, and a crypto policy may refuse it
            return Optional.of(aead);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    @Override
    public void seal(byte[] key, byte[] nonce, byte[][] associatedData, byte[] plaintext, byte[] output, int offset) {
        LentKey lent = new LentKey(key.clone());
        try {
            begin(Cipher.ENCRYPT_MODE, lent, nonce, associatedData);
            cipher.doFinal(plaintext, 0, plaintext.length, output, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encrypting under a key of its own", e);
        } finally {
            erase(lent);
        }
    }

    @Override
    public Optional<byte[]> open(byte[] key, byte[] nonce, byte[][] associatedData, byte[] sealed, int offset) {
        LentKey lent = new LentKey(key.clone());
        try {
            begin(Cipher.DECRYPT_MODE, lent, nonce, associatedData);
            return Optional.of(
                    COPIES_FROM_OFFSETS
                            ? cipher.doFinal(Arrays.copyOfRange(sealed, offset, sealed.length))
                            : cipher.doFinal(sealed, offset, sealed.length - offset));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("decrypting under a key of its own", e);
        } finally {
            erase(lent);
        }
    }

    private void begin(int mode, LentKey key, byte[] nonce, byte[][] associatedData) throws GeneralSecurityException {
        cipher.init(mode, key, new IvParameterSpec(nonce));
        for (byte[] part : associatedData) {
            cipher.updateAAD(part);
        }
    }

    private void erase(LentKey lent) {
        Arrays.fill(lent.bytes, (byte) 0);
        forget();
    }

    /** The JDK lets go of a key, and of what it has made of it, only for another one: about 1 µs. */
    private void forget() {
        try {
            takeNoKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key and nonce that follow others", e);
        }
    }

    private void takeNoKey() throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, NO_KEY, NO_NONCE);
    }

    /** Of all ones, for the JDK refuses the key and nonce of the time before. */
    private static IvParameterSpec nonceOfNoPacket() {
        byte[] ones = new byte[ChaCha20.NONCE_LENGTH];
        Arrays.fill(ones, (byte) 0xff);
        return new IvParameterSpec(ones);
    }

    /** Gives the JDK a copy, which a crypto policy check may overwrite, and the next key does. */
    record LentKey(byte[] bytes) implements SecretKey {
        private static final long serialVersionUID = 1L;

        @Override
        public String getAlgorithm() {
            return "ChaCha20";
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
            return "LentKey[redacted]";
        }
    }
}
