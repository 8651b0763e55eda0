package io.plabble.protocol.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From block counter 0 on (D21). */
class ChaCha20Test {
    private static final int BLOCK = 64;
    private static final byte[] KEY = new byte[32];
    private static final byte[] NONCE = new byte[12];

    /** RFC 8439, A.1; a block that is not the first has those before it skipped. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, 0,"
                + "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
                + "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586",
        "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, 1,"
                + "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed"
                + "29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f",
        "0000000000000000000000000000000000000000000000000000000000000001, 000000000000000000000000, 1,"
                + "3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a"
                + "8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0",
        "00ff000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, 2,"
                + "72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca"
                + "13b25aa26cb4a648cb9b9d1be65b2c0924a66c54d545ec1b7374f4872e99f096",
        "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000002, 0,"
                + "c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7"
                + "8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d"
    })
    void givesTheKeyStreamOfTheRfc(String key, String nonce, int block, String expected) {
        int end = BLOCK * (block + 1);
        byte[] stream = new ChaCha20().apply(bytes(key), bytes(nonce), new byte[end], end);

        assertThat(Arrays.copyOfRange(stream, end - BLOCK, end)).isEqualTo(bytes(expected));
    }

    @Test
    void beginsAnewWithEveryUse() {
        ChaCha20 chaCha20 = new ChaCha20();

        assertThat(chaCha20.apply(KEY, NONCE, new byte[3], 3)).isEqualTo(chaCha20.apply(KEY, NONCE, new byte[3], 3));
    }

    @Test
    void decryptsWhatItEncryptsAndReadsNoFurtherThanItIsTold() {
        ChaCha20 chaCha20 = new ChaCha20();
        byte[] packet = {1, 2, 3, 4, 5};

        byte[] encrypted = chaCha20.apply(KEY, NONCE, packet, 3);

        assertThat(encrypted).hasSize(3).isNotEqualTo(new byte[] {1, 2, 3});
        assertThat(chaCha20.apply(KEY, NONCE, encrypted, 3)).containsExactly(1, 2, 3);
        assertThat(packet).containsExactly(1, 2, 3, 4, 5);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
