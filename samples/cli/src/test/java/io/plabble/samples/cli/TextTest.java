package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void textIsEscapedHoweverLongItIs() {
        String text = "é\u001b[31m😀\t".repeat(1000);

        assertThat(Text.printable(text)).isEqualTo("é\\u{1b}[31m😀\\u{9}".repeat(1000));
        assertThat(Text.printable("\u202e".repeat(300))).isEqualTo("\\u{202e}".repeat(300));
        assertThat(Text.printable("\udbff\udfff".repeat(300))).isEqualTo("\\u{10ffff}".repeat(300));
    }

    @Test
    void whatIsNoTextIsShownInHexadecimal() {
        assertThat(Text.content(ByteBuffer.wrap(new byte[] {(byte) 0xff, 0}))).isEqualTo("0xff00");
        assertThat(Text.content(ByteBuffer.wrap("grüß".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("grüß");
        assertThat(Text.content(ByteBuffer.allocate(0))).isEmpty();
    }

    @Test
    void jsonIsAsciiWithoutControlCharacters() {
        String line = Json.line(Json.object().put("text", "\u0000\u001b\u007f\u0085\u202e😀\"\n"));

        assertThat(line)
                .isEqualTo("{\"text\":\"\\u0000\\u001B\\u007F\\u0085\\u202E\\uD83D\\uDE00\\\"\\n\"}")
                .matches("[ -~]+");
        assertThat(Outcome.parse(line).get("text").textValue()).isEqualTo("\u0000\u001b\u007f\u0085\u202e😀\"\n");
    }

    @Test
    void linesAreSlots() {
        assertThat(lines("a\nb\n")).containsExactly("a", "b");
        assertThat(lines("a\r\n\nb")).containsExactly("a", "", "b");
        assertThat(lines("\n")).containsExactly("");
        assertThat(lines("")).isEmpty();
    }

    private static List<String> lines(String content) {
        return AppendCommand.lines(content.getBytes(StandardCharsets.UTF_8)).stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }
}
