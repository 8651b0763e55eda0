package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.malformed;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** TypeFlags and Counter of the answer (§3, §4), around a body that is right. */
public final class HeaderRows {
    private static final int ERROR = 0x0f;

    private HeaderRows() {}

    public static Stream<Row> rows() {
        return Stream.of(
                        types(1, 7, "neither CONNECT nor ERROR"),
                        types(8, 14, "reserved type"),
                        flags("flag #5, as if a MAC followed", 0x10),
                        flags("flag #6, as if it were encrypted", 0x20),
                        flags("flag #7, reserved", 0x40),
                        flags("flag #8, reserved", 0x80),
                        flags("the request's own flags", 0x60),
                        flags("all flags", 0xf0),
                        Stream.of(1, 255, 256, 65_535)
                                .map(counter -> Row.of(
                                        "Counter " + counter,
                                        ForgedAnswer.valid().header(0, counter),
                                        malformed("its Counter is not 0"))),
                        Stream.of(
                                Row.of("an ERROR with flag #5", error(ERROR | 0x10, 0), malformed("flags 0x10")),
                                Row.of("an ERROR with flag #8", error(ERROR | 0x80, 0), malformed("flags 0x80")),
                                Row.of("an ERROR with Counter 1", error(ERROR, 1), malformed("its Counter is not 0"))))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> types(int first, int last, String text) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(type -> Row.of("type " + type, ForgedAnswer.valid().header(type, 0), malformed(text)));
    }

    private static Stream<Row> flags(String name, int flags) {
        return Stream.of(Row.of(
                name,
                ForgedAnswer.valid().header(flags, 0),
                malformed("flags 0x" + Integer.toHexString(flags) + " are set")));
    }

    private static Wire error(int typeFlags, int counter) {
        return Wire.packet(Bytes.of(typeFlags, counter >> 8, counter), Bytes.of(1));
    }
}
