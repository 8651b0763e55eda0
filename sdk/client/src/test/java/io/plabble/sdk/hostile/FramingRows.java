package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.malformed;
import static io.plabble.sdk.hostile.Outcome.session;
import static io.plabble.sdk.hostile.Outcome.tooLarge;
import static io.plabble.sdk.hostile.Outcome.truncated;

import io.plabble.sdk.hostile.Row.Then;
import java.util.stream.Stream;

/** The Length in front of the answer (§2). */
public final class FramingRows {
    private static final String HEADER_MISSING = "less than its header";
    private static final String NOT_MINIMAL = "not minimal";
    private static final String TOO_LONG = "more than four bytes";
    private static final int LENGTH = ForgedAnswer.valid().wire().bytes().length - 2;

    private FramingRows() {}

    public static Stream<Row> rows() {
        return Stream.of(
                Row.of("a valid answer", ForgedAnswer.valid(), session()),
                Row.of("Length 0", Wire.raw(Bytes.of(0)), malformed("an empty packet")),
                Row.of(
                        "Length 0, before a valid answer",
                        valid(Bytes.of(0), Wire.length(LENGTH)),
                        malformed("an empty packet")),
                Row.of("Length 1", Wire.packet(Bytes.of(0)), malformed(HEADER_MISSING)),
                Row.of("Length 2", Wire.packet(Bytes.of(0), Bytes.of(0)), malformed(HEADER_MISSING)),
                Row.of("Length 0 in two bytes", Wire.raw(Bytes.hex("8000")), malformed(NOT_MINIMAL)),
                Row.of("Length 1 in two bytes", Wire.raw(Bytes.hex("8100")), malformed(NOT_MINIMAL)),
                Row.of("Length 16,383 in three bytes", Wire.raw(Bytes.hex("ffff00")), malformed(NOT_MINIMAL)),
                Row.of("Length 2,097,151 in four bytes", Wire.raw(Bytes.hex("ffffff00")), malformed(NOT_MINIMAL)),
                Row.of(
                        "the right Length, padded to three bytes",
                        valid(Bytes.of((LENGTH & 0x7f) | 0x80, (LENGTH >> 7) | 0x80, 0)),
                        malformed(NOT_MINIMAL)),
                Row.of("a Length of five bytes", Wire.raw(Bytes.hex("ffffffff7f")), malformed(TOO_LONG)),
                Row.of("a Length whose fourth byte goes on", Wire.raw(Bytes.hex("ffffffff")), malformed(TOO_LONG)),
                Row.of("Length 0 in five bytes", Wire.raw(Bytes.hex("8080808000")), malformed(TOO_LONG)),
                Row.of("the right Length, padded to five bytes", valid(Bytes.hex("8080808000")), malformed(TOO_LONG)),
                Row.of("Length 268,435,455", Wire.raw(Wire.length(268_435_455)), tooLarge(268_435_455)),
                Row.of("Length 2,097,152", Wire.raw(Wire.length(2_097_152)), tooLarge(2_097_152)),
                Row.of("Length 16,384", Wire.raw(Wire.length(16_384)), tooLarge(16_384)),
                Row.of("Length 4,097, the cap and one", Wire.raw(Wire.length(4_097)), tooLarge(4_097)),
                Row.of("Length 4,097, and all of it", Wire.packet(new byte[4_097]), tooLarge(4_097)),
                Row.of(
                        "Length 4,096, the cap, and all of it",
                        Wire.packet(Bytes.of(0x10), new byte[4_095]),
                        malformed("flags 0x10")),
                Row.of("a Length one too small", valid(Wire.length(LENGTH - 1)), malformed("but only")),
                Row.of("a Length one too large, and the end", valid(Wire.length(LENGTH + 1)), truncated())
                        .then(Then.CLOSES),
                Row.of("a Length one too large, and one byte more", longer(), malformed("Length 0, needs 105 to 255")),
                Row.of("half a Length, and the end", Wire.raw(Bytes.of(0x80)), truncated())
                        .then(Then.CLOSES),
                Row.of("three quarters of a Length, and the end", Wire.raw(Bytes.hex("ffffff")), truncated())
                        .then(Then.CLOSES),
                Row.of("a Length, and the end", Wire.raw(Wire.length(LENGTH)), truncated())
                        .then(Then.CLOSES));
    }

    private static Wire valid(byte[]... lengths) {
        return ForgedAnswer.valid().wire(Bytes.concat(lengths));
    }

    private static Wire longer() {
        return ForgedAnswer.valid().trailing(Bytes.of(0)).wire();
    }
}
