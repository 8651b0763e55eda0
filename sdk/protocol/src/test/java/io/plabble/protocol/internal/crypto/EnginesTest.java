package io.plabble.protocol.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.util.introspection.PropertyOrFieldSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sessions of a thread share does not keep what it was given for one of them. */
class EnginesTest {
    private static final byte[] NONCE = new byte[12];

    private final Engines engines = Engines.ofThisThread();

    @Test
    void aThreadHasOneSet() throws InterruptedException {
        Engines[] others = new Engines[1];
        Thread other = new Thread(() -> others[0] = Engines.ofThisThread());
        other.start();
        other.join();

        assertThat(Engines.ofThisThread()).isSameAs(engines).isNotSameAs(others[0]);
    }

    @Test
    void chaCha20KeepsNeitherKeyNorKeyStream() {
        engines.chaCha20().apply(bytes(32), NONCE, bytes(70), 70);

        assertChaCha20IsEmpty();
    }

    @Test
    void poly1305KeepsNeitherKeyNorMessage() {
        for (int length = 0; length < 33; length++) {
            engines.poly1305().mac(bytes(32), bytes(length));

            assertPoly1305IsEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 100})
    void theAeadKeepsNothingEither(int length) {
        byte[] sealed = new byte[length + ChaCha20Poly1305Aead.TAG_LENGTH];
        byte[][] data = {bytes(17), bytes(32)};
        engines.aead().seal(bytes(32), NONCE, data, bytes(length), sealed, 0);
        assertAllAreEmpty();

        assertThat(engines.aead().open(bytes(32), NONCE, data, sealed, 0)).contains(bytes(length));
        assertAllAreEmpty();

        sealed[0] ^= 1;
        assertThat(engines.aead().open(bytes(32), NONCE, data, sealed, 0)).isEmpty();
        assertAllAreEmpty();
    }

    @Test
    void aDigestBeginsAnewAfterOneThatWasCutShort() {
        byte[] expected = Sha256.digest(bytes(3));

        engines.sha256().update(bytes(3));

        assertThat(Sha256.digest(bytes(3))).isEqualTo(expected);
    }

    private void assertAllAreEmpty() {
        assertChaCha20IsEmpty();
        assertPoly1305IsEmpty();
        assertThat((byte[]) read(engines.aead(), "small.firstBlock")).containsOnly(0);
    }

    private void assertChaCha20IsEmpty() {
        Object engine = read(engines.chaCha20(), "engine");
        assertThat((int[]) read(engine, "engineState")).containsOnly(0);
        assertThat((int[]) read(engine, "x")).containsOnly(0);
        assertThat((byte[]) read(engine, "keyStream")).containsOnly(0);
    }

    private void assertPoly1305IsEmpty() {
        Object engine = read(engines.poly1305(), "poly1305");
        assertThat((byte[]) read(engine, "currentBlock")).containsOnly(0);
        for (String words : new String[] {"r", "k", "h"}) { // clamped key, the other half of it, accumulator
            assertThat(IntStream.range(0, words.equals("k") ? 4 : 5).map(i -> (int) read(engine, words + i)))
                    .as(words)
                    .containsOnly(0);
        }
        assertThat((byte[]) read(engines.poly1305(), "key.key")).containsOnly(0);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    private static Object read(Object holder, String fields) {
        return PropertyOrFieldSupport.EXTRACTION.getValueOf(fields, holder);
    }
}
