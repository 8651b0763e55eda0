package io.plabble.samples.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** How the trace looks: a line for each step and packet, and below a packet its bytes with their names. */
final class Timeline {
    private static final int BYTES_PER_LINE = 16;
    private static final int MOST_BYTES = 32;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final Ansi ansi;

    Timeline(Ansi ansi) {
        this.ansi = ansi;
    }

    String step(Duration at, String what) {
        return time(at) + styled("·", Style.fg_green) + " " + what;
    }

    /**
     * @param title type and counter
     * @param bytes as on the wire, without Length
     */
    String packet(Duration at, boolean sent, boolean encrypted, String title, byte[] bytes) {
        List<String> lines = new ArrayList<>();
        lines.add(time(at)
                + styled((sent ? "→ " : "← ") + title, Style.bold, sent ? Style.fg_cyan : Style.fg_magenta)
                + ", " + bytes.length + (bytes.length == 1 ? " byte" : " bytes"));
        PacketMap.of(sent, encrypted, bytes).forEach(field -> lines.addAll(field(field)));
        return String.join(System.lineSeparator(), lines);
    }

    private String time(Duration at) {
        return styled(String.format(Locale.ROOT, "%9.2f ms ", at.toNanos() / 1e6), Style.faint);
    }

    private List<String> field(PacketMap.Field field) {
        List<String> lines = new ArrayList<>();
        int shown = Math.min(field.bytes().length, MOST_BYTES);
        for (int from = 0; from < shown; from += BYTES_PER_LINE) {
            byte[] row = Arrays.copyOfRange(field.bytes(), from, Math.min(from + BYTES_PER_LINE, shown));
            String hex = String.format(Locale.ROOT, "%-" + (3 * BYTES_PER_LINE + 1) + "s", HEX.formatHex(row));
            String beside = from == 0 ? styled(field.name(), Style.fg_yellow) + meaning(field) : "";
            lines.add(offset(field.offset() + from) + (hex + beside).stripTrailing());
        }
        if (shown < field.bytes().length) {
            lines.add(offset(field.offset() + shown) + "… " + (field.bytes().length - shown) + " more");
        }
        return lines;
    }

    private static String meaning(PacketMap.Field field) {
        return field.meaning().isEmpty() ? "" : "  " + field.meaning();
    }

    private String offset(int offset) {
        return " ".repeat(13) + styled(String.format(Locale.ROOT, "%04x  ", offset), Style.faint);
    }

    private String styled(String text, Style... styles) {
        return ansi.enabled() ? Style.on(styles) + text + Style.reset.on() : text;
    }
}
