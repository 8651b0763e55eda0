package io.plabble.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain text", "größer", "名前", "😀 \"quoted\" \\ back"})
    void leavesWhatIsVisible(String text) {
        assertThat(PeerText.printable(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, '\t', '\n', '\r', 0x1b, 0x7f, 0x85, 0xad, 0x200b, 0x200e, 0x2028, 0x2029, 0x202e, 0x2066, 0xd800,
                0xdfff, 0xe000, 0xfeff, 0xffff, 0xe0001
            })
    void escapesWhatIsNot(int codePoint) {
        assertThat(PeerText.printable("a" + Character.toString(codePoint) + "b"))
                .isEqualTo("a\\u{" + Integer.toHexString(codePoint) + "}b");
    }

    @Test
    void cutsAfter256Characters() {
        assertThat(PeerText.printable("x".repeat(256))).isEqualTo("x".repeat(256));
        assertThat(PeerText.printable("x".repeat(257))).isEqualTo("x".repeat(255) + "…");
        assertThat(PeerText.printable("\n".repeat(300)))
                .hasSizeLessThanOrEqualTo(256)
                .endsWith("\\u{a}…");
    }

    @Test
    void cutsNoCharacterInTwo() {
        assertThat(PeerText.printable("x".repeat(254) + "😀")).isEqualTo("x".repeat(254) + "😀");
        assertThat(PeerText.printable("x".repeat(254) + "😀y")).isEqualTo("x".repeat(254) + "…");
        assertThat(PeerText.printable("x".repeat(255) + "😀")).isEqualTo("x".repeat(255) + "…");
    }
}
