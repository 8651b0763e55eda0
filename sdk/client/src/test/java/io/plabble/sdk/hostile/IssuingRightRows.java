package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.certificate;
import static io.plabble.sdk.hostile.Outcome.session;

import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.sdk.hostile.Outcome.Refused;
import java.util.stream.Stream;

/** Who may issue for which name, in a format that has no mark for it (§5, rule 4, D8); all signatures are right. */
public final class IssuingRightRows {
    private static final Refused NOT_AUTHORISED = certificate(Reason.ISSUER_NOT_AUTHORISED, 1);

    private IssuingRightRows() {}

    public static Stream<Row> rows() {
        return Stream.of(byName(), byAddress(), byTrust(), deeper()).flatMap(rows -> rows);
    }

    private static Stream<Row> byName() {
        return Stream.of(
                row("node.plabble.example", "plabble.example", session()),
                row("a.b.plabble.example", "plabble.example", session()),
                row("plabble.example", "plabble.example", session()),
                row("NODE.plabble.example", "PLABBLE.example", session()),
                row("example", "example", session()),
                row("node.example", "example", NOT_AUTHORISED),
                row("other.example", "plabble.example", NOT_AUTHORISED),
                row("plabble.example", "node.plabble.example", NOT_AUTHORISED),
                row("evilplabble.example", "plabble.example", NOT_AUTHORISED),
                row("evil-plabble.example", "plabble.example", NOT_AUTHORISED),
                row("plabble.example.evil", "plabble.example", NOT_AUTHORISED),
                row("node.plabble.example", "*.plabble.example", NOT_AUTHORISED),
                row("node.plabble.example", "*", NOT_AUTHORISED),
                row("node.plabble.example", ".plabble.example", NOT_AUTHORISED),
                row("node.plabble.example", "plabble.example.", NOT_AUTHORISED),
                row("node.plabble.example", "plabble..example", NOT_AUTHORISED),
                row("node.plabble.example", ".", NOT_AUTHORISED),
                row("node.plabble.example", "\u0440labble.example", NOT_AUTHORISED), // a Cyrillic letter
                row("xn--nde-sna.plabble.example", "plabble.example", session()),
                row("nöde.plabble.example", "plabble.example", session()),
                row("node.fass.example", "faß.example", NOT_AUTHORISED));
    }

    private static Stream<Row> byAddress() {
        return Stream.of(
                row("127.0.0.1", "127.0.0.1", session()),
                row("::1", "0:0:0:0:0:0:0:1", session()),
                row("127.0.0.2", "127.0.0.1", NOT_AUTHORISED),
                row("10.127.0.0.1", "127.0.0.1", NOT_AUTHORISED),
                row("node.127.0.0.1", "127.0.0.1", NOT_AUTHORISED),
                row("127.0.0.1", "0.0.1", NOT_AUTHORISED),
                row("127.0.0.1", "0.1", NOT_AUTHORISED),
                row("127.0.0.1", "plabble.example", NOT_AUTHORISED),
                row("node.plabble.example", "127.0.0.1", NOT_AUTHORISED),
                row("::1", "::", NOT_AUTHORISED),
                row("::ffff:127.0.0.1", "::ffff:127.0.0.1", NOT_AUTHORISED),
                row("fe80::1%eth0", "fe80::1%eth0", NOT_AUTHORISED));
    }

    private static Stream<Row> byTrust() {
        return Stream.of(
                trusting("a trusted intermediate, for any name", "anybody.example", Parties.INTERMEDIATE, session()),
                trusting("a trusted one's name, with another key", "anybody.example", Parties.STRANGER, NOT_AUTHORISED),
                trusting(
                        "a trusted one's key, with another name",
                        "anybody2.example",
                        Parties.INTERMEDIATE,
                        NOT_AUTHORISED),
                trusting(
                        "a trusted one's name in another case",
                        "ANYBODY.example",
                        Parties.INTERMEDIATE,
                        NOT_AUTHORISED),
                Row.of(
                                "a trusted intermediate in the place of the root",
                                ForgedAnswer.valid().chain(Parties.server(), Parties.intermediate()),
                                certificate(Reason.UNTRUSTED_ROOT, 1))
                        .with(client -> client.trust(
                                Parties.trustWithIntermediate(Parties.INTERMEDIATE_NAME, Parties.INTERMEDIATE)))
                        .only(Segmentation.WHOLE),
                Row.of(
                                "a trusted root in the place of an intermediate",
                                ForgedAnswer.valid()
                                        .chain(
                                                Parties.serverOfRoot("node.plabble.example"),
                                                Parties.root(),
                                                Parties.root()),
                                NOT_AUTHORISED)
                        .only(Segmentation.WHOLE),
                Row.of(
                                "another server in the place of an intermediate",
                                answer("node.plabble.example", "server.example"),
                                NOT_AUTHORISED)
                        .only(Segmentation.WHOLE));
    }

    /** The intermediate is called {@code anybody.example}; one with this name and key is trusted. */
    private static Row trusting(String name, String trusted, IdentityKeyPair key, Outcome outcome) {
        return Row.of(name, answer("node.plabble.example", "anybody.example"), outcome)
                .with(client -> client.trust(Parties.trustWithIntermediate(trusted, key)))
                .only(Segmentation.WHOLE);
    }

    /** Two intermediates: each needs the right for what is below it. */
    private static Stream<Row> deeper() {
        return Stream.of(
                deeper("node.a.plabble.example", "a.plabble.example", "plabble.example", session()),
                deeper("node.plabble.example", "a.plabble.example", "plabble.example", NOT_AUTHORISED),
                deeper(
                        "node.plabble.example",
                        "plabble.example",
                        "other.example",
                        certificate(Reason.ISSUER_NOT_AUTHORISED, 2)),
                deeper(
                        "node.plabble.example",
                        "plabble.example",
                        "a.plabble.example",
                        certificate(Reason.ISSUER_NOT_AUTHORISED, 2)),
                deeper("node.plabble.example", "other.example", "another.example", NOT_AUTHORISED));
    }

    private static Row deeper(String server, String lower, String upper, Outcome outcome) {
        ForgedAnswer answer = ForgedAnswer.valid()
                .chain(
                        new ForgedCertificate(server, Parties.SERVER, Parties.INTERMEDIATE),
                        new ForgedCertificate(lower, Parties.INTERMEDIATE, Parties.identity(20)),
                        new ForgedCertificate(upper, Parties.identity(20), Parties.ROOT),
                        Parties.root());
        return Row.of(upper + " issues for " + lower + ", and that for " + server, answer, outcome)
                .with(client -> client.serverName(server))
                .only(Segmentation.WHOLE);
    }

    private static Row row(String server, String issuer, Outcome outcome) {
        return Row.of(issuer + " issues for " + server, answer(server, issuer), outcome)
                .with(client -> client.serverName(server))
                .only(Segmentation.WHOLE);
    }

    private static ForgedAnswer answer(String server, String issuer) {
        return ForgedAnswer.valid()
                .chain(
                        new ForgedCertificate(server, Parties.SERVER, Parties.INTERMEDIATE),
                        new ForgedCertificate(issuer, Parties.INTERMEDIATE, Parties.ROOT),
                        Parties.root());
    }
}
