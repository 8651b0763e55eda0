package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TimelineTest {
    private static final byte[] CONNECT = HexFormat.of().parseHex("6001" + "ab".repeat(32));

    @Test
    void aPacketIsALineAndItsBytesWithTheirNames() {
        assertThat(new Timeline(Ansi.OFF)
                        .packet(Duration.ofMillis(12), true, false, "CONNECT", CONNECT)
                        .lines())
                .containsExactly(
                        "    12.00 ms → CONNECT, 34 bytes",
                        "             0000  60                                               "
                                + "TypeFlags  CONNECT; #6 encrypt, #7 send the certificates",
                        "             0001  01                                               Version  1",
                        "             0002  ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab  ClientPublicKey",
                        "             0012  ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab");
    }

    @Test
    void longFieldsAreCut() {
        byte[] encrypted = new byte[100];

        assertThat(new Timeline(Ansi.OFF)
                        .packet(Duration.ZERO, false, true, "PUT 1", encrypted)
                        .lines())
                .contains("             0023  … 49 more")
                .hasSize(1 + 1 + 3 + 1);
    }

    @Test
    void coloursAreOnOnlyWhereTheyAreWanted() {
        assertThat(new Timeline(Ansi.ON).step(Duration.ZERO, "connected")).contains("\u001b[");
        assertThat(new Timeline(Ansi.OFF).step(Duration.ZERO, "connected")).isEqualTo("     0.00 ms · connected");
    }

    @Test
    void nothingOfThePeersCanColourTheTrace() {
        byte[] error = HexFormat.of()
                .parseHex(
                        "0f000001" + HexFormat.of().formatHex("\u001b[31m@|red x|@".getBytes(StandardCharsets.UTF_8)));

        assertThat(new Timeline(Ansi.OFF).packet(Duration.ZERO, false, false, "ERROR", error))
                .doesNotContain("\u001b")
                .contains("@|red x|@");
    }
}
