package io.plabble.protocol.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Poly1305MacTest {
    private static final String KEY = "85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b";
    private static final String MESSAGE = "43727970746f6772617068696320466f72756d2052657365617263682047726f7570";
    private static final String MAC = "a8061dc1305136c6c22b8baf0c0127a9";

    /** RFC 8439, §2.5.2 and A.3, numbers 1, 4 and 7 to 11: what carries and reduces. */
    @ParameterizedTest
    @CsvSource({
        KEY + "," + MESSAGE + "," + MAC,
        "0000000000000000000000000000000000000000000000000000000000000000,"
                + "0000000000000000000000000000000000000000000000000000000000000000"
                + "0000000000000000000000000000000000000000000000000000000000000000,"
                + "00000000000000000000000000000000",
        "1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0,"
                + "2754776173206272696c6c69672c20616e642074686520736c6974687920746f7665730a446964206779726520616e"
                + "642067696d626c6520696e2074686520776162653a0a416c6c206d696d737920776572652074686520626f726f676f"
                + "7665732c0a416e6420746865206d6f6d65207261746873206f757467726162652e,"
                + "4541669a7eaaee61e708dc7cbcc5eb62",
        "0200000000000000000000000000000000000000000000000000000000000000,"
                + "ffffffffffffffffffffffffffffffff,"
                + "03000000000000000000000000000000",
        "02000000000000000000000000000000ffffffffffffffffffffffffffffffff,"
                + "02000000000000000000000000000000,"
                + "03000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000,"
                + "fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000,"
                + "05000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000,"
                + "fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101,"
                + "00000000000000000000000000000000",
        "0200000000000000000000000000000000000000000000000000000000000000,"
                + "fdffffffffffffffffffffffffffffff,"
                + "faffffffffffffffffffffffffffffff"
    })
    void isThatOfTheRfc(String key, String message, String mac) {
        assertThat(new Poly1305Mac().mac(bytes(key), bytes(message))).isEqualTo(bytes(mac));
    }

    @Test
    void isOverAllThePartsWhereverTheyAreCut() {
        Poly1305Mac poly1305 = new Poly1305Mac();
        byte[] message = bytes(MESSAGE);
        for (int cut = 0; cut <= message.length; cut++) {
            byte[] head = Arrays.copyOf(message, cut);
            byte[] tail = Arrays.copyOfRange(message, cut, message.length);

            assertThat(poly1305.mac(bytes(KEY), head, new byte[0], tail))
                    .as("cut at %d", cut)
                    .isEqualTo(bytes(MAC));
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
