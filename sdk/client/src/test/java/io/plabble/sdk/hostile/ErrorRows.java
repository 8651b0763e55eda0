package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.error;
import static io.plabble.sdk.hostile.Outcome.malformed;

import io.plabble.protocol.ErrorCode;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** ERROR in answer to CONNECT (§9): reported with its code, its message made harmless, and never acted upon. */
public final class ErrorRows {
    private static final String CUT = "…";

    private ErrorRows() {}

    public static Stream<Row> rows() {
        return Stream.of(codes(), texts(), malformedTexts(), longTexts()).flatMap(rows -> rows);
    }

    private static Stream<Row> codes() {
        Stream<Row> known = Arrays.stream(ErrorCode.values())
                .map(code -> Row.of(
                        "ERROR " + code.code(), packet(code.code(), "no"), error(code.code(), code.meaning(), "no")));
        Stream<Row> others = IntStream.of(0, 7, 11, 13, 20, 22, 30, 33, 72, 127, 128, 200, 255)
                .mapToObj(code -> Row.of(
                        "ERROR " + code,
                        packet(code, "no"),
                        error(code, code < 128 ? "reserved code" : "application's own code", "no")));
        Row none = Row.of(
                "an ERROR without a code", Wire.packet(Bytes.of(0x0f, 0, 0)), malformed("an ERROR without a code"));
        return Stream.concat(Stream.concat(Stream.of(none), known), others);
    }

    private static Stream<Row> texts() {
        return Stream.of(
                text("no message", "", ""),
                text("a message in another script", "Nö, Ошибка, 誤り, 🔒", "Nö, Ошибка, 誤り, 🔒"),
                text("a zero byte", "a\0b", "a\\u{0}b"),
                text(
                        "a forged log line",
                        "no\r\n2026-03-01 INFO all is well",
                        "no\\u{d}\\u{a}2026-03-01 INFO all is well"),
                text("an ANSI escape sequence", "\u001b[2J\u001b[31mred", "\\u{1b}[2J\\u{1b}[31mred"),
                text("an ANSI escape sequence in one character", "\u009b31mred", "\\u{9b}31mred"),
                text("an operating system command", "\u001b]0;title\u0007", "\\u{1b}]0;title\\u{7}"),
                text("backspaces and DEL", "no\b\b\u007f", "no\\u{8}\\u{8}\\u{7f}"),
                text("a bidirectional override", "no\u202Eko", "no\\u{202e}ko"),
                text("bidirectional isolates", "\u2066no\u2069", "\\u{2066}no\\u{2069}"),
                text("characters of no width", "n\u200bo\u200d\ufeff", "n\\u{200b}o\\u{200d}\\u{feff}"),
                text("characters of the tag block", "no\udb40\udc41", "no\\u{e0041}"),
                text("line and paragraph separators", "a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c"),
                text("a private and an unassigned character", "\ue000\uffff", "\\u{e000}\\u{ffff}"));
    }

    private static Row text(String name, String sent, String shown) {
        return Row.of("ERROR with " + name, packet(1, sent), error(1, "internal server error", shown));
    }

    private static Stream<Row> malformedTexts() {
        return Stream.of(
                bytes("a byte that UTF-8 never has", "6eff6f", "n\ufffdo"),
                bytes("a continuation byte alone", "80", "\ufffd"),
                bytes("an overlong zero", "c080", "\ufffd\ufffd"),
                bytes("an overlong line feed", "c08a", "\ufffd\ufffd"),
                bytes("half a character", "6ee282", "n\ufffd"),
                bytes("a surrogate", "eda080", "\ufffd"),
                bytes("a code point above the last", "f4908080", "\ufffd\ufffd\ufffd\ufffd"));
    }

    private static Row bytes(String name, String hex, String shown) {
        return Row.of(
                "ERROR with " + name,
                Wire.packet(Bytes.of(0x0f, 0, 0), Bytes.of(200), Bytes.hex(hex)),
                error(200, "application's own code", shown));
    }

    private static Stream<Row> longTexts() {
        return Stream.of(
                text("a message of 256 characters", "x".repeat(256), "x".repeat(256)),
                text("a message of 257 characters", "x".repeat(257), "x".repeat(255) + CUT),
                text("the longest message", "x".repeat(4_092), "x".repeat(255) + CUT),
                text("a long message of control characters", "\u001b".repeat(1_000), "\\u{1b}".repeat(42) + CUT));
    }

    private static Wire packet(int code, String message) {
        return Wire.packet(Bytes.of(0x0f, 0, 0), Bytes.of(code), Bytes.utf8(message));
    }
}
