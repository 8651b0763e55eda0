package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.closed;
import static io.plabble.sdk.hostile.Outcome.closedByPeer;
import static io.plabble.sdk.hostile.Outcome.malformed;
import static io.plabble.sdk.hostile.Outcome.noConnection;
import static io.plabble.sdk.hostile.Outcome.session;
import static io.plabble.sdk.hostile.Outcome.sessionThatEnds;
import static io.plabble.sdk.hostile.Outcome.timeout;
import static io.plabble.sdk.hostile.Outcome.truncated;

import io.plabble.protocol.Reason;
import io.plabble.sdk.hostile.Row.Then;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Connections that do not come about, end early or are with somebody who speaks another protocol (§1, §4). */
public final class ConnectionRows {
    private static final Wire VALID = ForgedAnswer.valid().wire();
    private static final Wire HTTP = text("HTTP/1.1 400 Bad Request\r\nServer: example\r\nContent-Type: text/plain\r\n"
            + "Connection: close\r\nContent-Length: 11\r\n\r\nBad Request");
    private static final Wire SSH = text("SSH-2.0-OpenSSH_9.6p1\r\n");
    private static final Wire TLS_ALERT = Wire.raw(Bytes.hex("15 0303 0002 0246")); // fatal, protocol_version
    private static final Wire TLS_SERVER_HELLO =
            Wire.raw(Bytes.hex("16 0303 002a 02 000026 0303"), Bytes.filled(32, 0x5a), Bytes.hex("00 1301 00"));

    private ConnectionRows() {}

    public static Stream<Row> rows() {
        return Stream.of(none(), slow(), ended(), strangers()).flatMap(rows -> rows);
    }

    private static Stream<Row> none() {
        return Stream.of(
                Row.of(
                                "nobody listens",
                                Wire.nothing(),
                                noConnection(Reason.CONNECTION_REFUSED, "nobody listens there"))
                        .at("127.0.0.2")
                        .only(Segmentation.WHOLE),
                Row.of("a name without address", Wire.nothing(), noConnection(Reason.UNKNOWN_HOST, "no address"))
                        .at()
                        .only(Segmentation.WHOLE));
    }

    private static Stream<Row> slow() {
        int length = VALID.bytes().length;
        return Stream.of(
                Row.of("silence", Wire.nothing(), timeout()).only(Segmentation.WHOLE),
                Row.each(
                                "silence after each part of the answer",
                                VALID.boundaries().stream().map(VALID::first).toList(),
                                timeout())
                        .only(Segmentation.WHOLE),
                Row.of("all but the last byte, and silence", VALID.first(length - 1), timeout()),
                Row.of("a byte each second does not put off the deadline", VALID, timeout())
                        .pace(Duration.ofSeconds(1))
                        .only(Segmentation.SINGLE_BYTES),
                Row.of("an answer just before the deadline", VALID, session())
                        .pace(Duration.ofSeconds(10).minusNanos(1))
                        .only(Segmentation.WHOLE),
                Row.of("an answer at the deadline", VALID, timeout())
                        .pace(Duration.ofSeconds(10))
                        .only(Segmentation.WHOLE));
    }

    private static Stream<Row> ended() {
        return Stream.of(Then.CLOSES, Then.RESETS).flatMap(then -> {
            String end = then == Then.CLOSES ? "FIN" : "RST";
            return Stream.of(
                    ended(end + " before the request is read", List.of(Wire.nothing()), then, closed())
                            .unasked(),
                    ended(end + " in place of an answer", List.of(Wire.nothing()), then, closed()),
                    ended(end + " at every offset of the answer", everyBeginning(), then, truncated()),
                    ended(end + " after the answer", List.of(VALID), then, sessionThatEnds(closedByPeer())));
        });
    }

    private static Row ended(String name, List<Wire> sent, Then then, Outcome outcome) {
        return Row.each(name, sent, outcome).then(then).only(Segmentation.WHOLE);
    }

    private static List<Wire> everyBeginning() {
        return IntStream.range(1, VALID.bytes().length).mapToObj(VALID::first).toList();
    }

    private static Stream<Row> strangers() {
        return Stream.of(
                Row.of("an HTTP server", HTTP, malformed("flags 0x50")).then(Then.CLOSES),
                Row.of("an HTTP server that speaks first", HTTP, malformed("flags 0x50"))
                        .unasked(),
                Row.of("an SSH server that waits", SSH, timeout()),
                Row.of("an SSH server that closes", SSH, truncated()).then(Then.CLOSES),
                Row.of("an SSH server that speaks first", SSH, timeout()).unasked(),
                Row.of("an SMTP server", text("220 mail.example ESMTP\r\n"), truncated())
                        .then(Then.CLOSES),
                Row.of("a TLS server's alert", TLS_ALERT, truncated()).then(Then.CLOSES),
                Row.of("a TLS server's hello", TLS_SERVER_HELLO, malformed("its Counter is not 0")));
    }

    private static Wire text(String text) {
        return Wire.raw(Bytes.utf8(text));
    }
}
