package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.malformed;
import static io.plabble.sdk.hostile.Outcome.session;
import static io.plabble.sdk.hostile.Outcome.sessionThatEnds;

import io.plabble.sdk.hostile.Outcome.Session;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The body of the answer, and what follows it (§4). */
public final class BodyRows {
    private static final Session BROKEN_LATER = sessionThatEnds(malformed("bytes that nothing asked for"));

    private BodyRows() {}

    public static Stream<Row> rows() {
        return Stream.of(bodies(), chains(), followers()).flatMap(rows -> rows);
    }

    private static Stream<Row> bodies() {
        return IntStream.of(0, 1, 31, 32, 33, 64, 95)
                .mapToObj(length -> Row.of(
                        "a body of " + length + " bytes",
                        ForgedAnswer.valid().withBody(length),
                        malformed("a body of " + length + " bytes, needs at least 96")));
    }

    private static Stream<Row> chains() {
        return Stream.of(
                Row.of("no chain to who asks for none", ForgedAnswer.withoutChain(), session())
                        .by(Row.PINNING),
                Row.of("a chain that was not asked for", unasked(), malformed("not asked for"))
                        .by(Row.PINNING),
                Row.of("a chain that was not asked for, by who trusts anybody", unasked(), malformed("not asked for"))
                        .by(Row.INSECURE),
                Row.of(
                                "a byte behind the signature, to who asks for no chain",
                                ForgedAnswer.withoutChain().trailing(Bytes.of(0)),
                                malformed("Length 0, needs 105"))
                        .by(Row.PINNING),
                trailing("a zero byte behind the chain", Bytes.of(0), "certificate 4 of the chain"),
                trailing("a line feed behind the chain", Bytes.of('\n'), "Length 10, needs 105"),
                trailing("104 bytes behind the chain", Bytes.filled(104, 0xff), "Length 255, but only 103"),
                trailing(
                        "half a certificate behind the chain",
                        Arrays.copyOf(Parties.root().encoded(), 60),
                        "but only 59"),
                trailing(
                        "the chain's bytes, and an ERROR within the packet",
                        Bytes.hex("0f000001"),
                        "Length 15, needs 105"));
    }

    private static Row trailing(String name, byte[] more, String text) {
        return Row.of(name, ForgedAnswer.valid().trailing(more), malformed(text));
    }

    private static ForgedAnswer unasked() {
        return ForgedAnswer.withoutChain().trailing(Parties.server().encoded());
    }

    private static Stream<Row> followers() {
        byte[] answer = ForgedAnswer.valid().wire().bytes();
        return Stream.of(
                follower("a valid answer, twice", answer),
                follower("a valid answer, and an ERROR", Bytes.hex("040f000001")),
                follower("a valid answer, and an empty packet", Bytes.of(0)),
                follower("a valid answer, and half a Length", Bytes.of(0x80)),
                follower("a valid answer, and a Length of five bytes", Bytes.hex("ffffffff7f")),
                follower("a valid answer, and an update", Bytes.hex("0705000000000178")),
                follower("a valid answer, and zero bytes", new byte[300]));
    }

    private static Row follower(String name, byte[] more) {
        return Row.of(name, ForgedAnswer.valid().wire().followedBy(more), BROKEN_LATER);
    }
}
