package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.certificate;
import static io.plabble.sdk.hostile.Outcome.session;

import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Both ends of the window of each certificate, to the second, with and without clock skew (§5, rule 5). */
public final class ValidityRows {
    private static final String[] WHOSE = {"the server", "the intermediate", "the root"};

    private ValidityRows() {}

    public static Stream<Row> rows() {
        return Stream.of(
                        IntStream.range(0, WHOSE.length).boxed().flatMap(ValidityRows::ends),
                        Stream.of(0, 1, 300).flatMap(ValidityRows::skews),
                        clocks(),
                        orders())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> ends(int index) {
        return Stream.of(
                row(WHOSE[index] + ", valid from this second", index, from(0), session()),
                row(WHOSE[index] + ", valid to this second", index, to(0), session()),
                row(
                        WHOSE[index] + ", valid from the next second",
                        index,
                        from(1),
                        certificate(Reason.CERTIFICATE_NOT_YET_VALID, index)),
                row(
                        WHOSE[index] + ", valid to the last second",
                        index,
                        to(-1),
                        certificate(Reason.CERTIFICATE_EXPIRED, index)));
    }

    private static Stream<Row> skews(int skew) {
        UnaryOperator<Row> skewed = row -> row.with(client -> client.clockSkew(Duration.ofSeconds(skew)));
        String with = " with a skew of " + skew + " s";
        return Stream.of(
                        row("valid from as late as can be," + with, 0, from(skew), session()),
                        row("valid to as early as can be," + with, 0, to(-skew), session()),
                        row(
                                "valid from a second too late," + with,
                                0,
                                from(skew + 1),
                                certificate(Reason.CERTIFICATE_NOT_YET_VALID, 0)),
                        row(
                                "valid to a second too early," + with,
                                0,
                                to(-skew - 1),
                                certificate(Reason.CERTIFICATE_EXPIRED, 0)))
                .map(skewed);
    }

    private static Stream<Row> clocks() {
        return Stream.of(
                row("the last millisecond of the last second", 0, to(0), session())
                        .with(at(Parties.NOW.plusMillis(999))),
                row(
                                "the millisecond before the first second",
                                0,
                                from(0),
                                certificate(Reason.CERTIFICATE_NOT_YET_VALID, 0))
                        .with(at(Parties.NOW.minusMillis(1))),
                row("a clock that stands at its beginning", 0, to(0), certificate(Reason.CERTIFICATE_NOT_YET_VALID, 0))
                        .with(at(Instant.EPOCH)),
                row("a clock at the end of time", 0, to(0), certificate(Reason.CERTIFICATE_EXPIRED, 0))
                        .with(at(Instant.MAX)),
                row("a clock at the beginning of time", 0, to(0), certificate(Reason.CERTIFICATE_NOT_YET_VALID, 0))
                        .with(at(Instant.MIN)),
                row(
                        "a window of one second",
                        0,
                        certificate -> certificate.from(Parties.NOW).to(Parties.NOW),
                        session()),
                row(
                        "the longest window",
                        0,
                        certificate -> certificate
                                .from(Instant.parse("2020-01-01T00:00:00Z"))
                                .to(Instant.parse("2156-02-07T06:28:15Z")),
                        session()));
    }

    private static UnaryOperator<PlabbleClient> at(Instant now) {
        return client -> client.clock(Clock.fixed(now, ZoneOffset.UTC));
    }

    /** The first certificate at fault is named. */
    private static Stream<Row> orders() {
        return Stream.of(Row.of(
                        "an expired server below a root that is not yet valid",
                        ForgedAnswer.valid()
                                .chain(
                                        to(-1).apply(Parties.server()),
                                        Parties.intermediate(),
                                        from(1).apply(Parties.root())),
                        certificate(Reason.CERTIFICATE_EXPIRED, 0))
                .only(Segmentation.WHOLE));
    }

    private static UnaryOperator<ForgedCertificate> from(int seconds) {
        return certificate -> certificate.from(Parties.NOW.plusSeconds(seconds));
    }

    private static UnaryOperator<ForgedCertificate> to(int seconds) {
        return certificate -> certificate.to(Parties.NOW.plusSeconds(seconds));
    }

    private static Row row(String name, int index, UnaryOperator<ForgedCertificate> change, Outcome outcome) {
        ForgedCertificate[] chain = {Parties.server(), Parties.intermediate(), Parties.root()};
        chain[index] = change.apply(chain[index]);
        return Row.of("certificates: " + name, ForgedAnswer.valid().chain(chain), outcome)
                .only(Segmentation.WHOLE);
    }
}
