package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.certificate;
import static io.plabble.sdk.hostile.Outcome.malformed;
import static io.plabble.sdk.hostile.Outcome.session;

import io.plabble.protocol.Reason;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Certificates that are not well formed (§5, rule 1), at every place of the chain; the rest of the answer is right. */
public final class CertificateFormRows {
    private CertificateFormRows() {}

    public static Stream<Row> rows() {
        return Stream.of(lengths(), keys(), names(), others()).flatMap(rows -> rows);
    }

    private static Stream<Row> lengths() {
        byte[] server = Parties.server().encoded();
        int length = server.length - 1;
        Row tooSmall = Row.each(
                "every Length of a certificate from 0 to 104",
                IntStream.rangeClosed(0, 104)
                        .mapToObj(each -> chain(Parties.server().length(each)))
                        .toList(),
                malformed("certificate 1 of the chain, at byte 0: certificate: Length "));
        return Stream.of(
                tooSmall,
                Row.of(
                        "Length 0 of a certificate, and nothing else",
                        ForgedAnswer.valid().encodedChain(Bytes.of(0)),
                        malformed("Length 0, needs 105 to 255")),
                Row.of(
                        "Length 255 of a certificate, and nothing else",
                        ForgedAnswer.valid().encodedChain(Bytes.of(255)),
                        malformed("Length 255, but only 0 bytes are there")),
                Row.of(
                        "a certificate of 104 bytes, complete",
                        ForgedAnswer.valid()
                                .encodedChain(Parties.server().name(new byte[0]).encoded()),
                        malformed("Length 104, needs 105 to 255")),
                Row.of(
                        "the last certificate one byte short",
                        ForgedAnswer.valid()
                                .encodedChain(server, Parties.intermediate().encoded(), shortened(Parties.root())),
                        malformed("certificate 3 of the chain")),
                Row.of(
                        "the last certificate's Length past the end",
                        ForgedAnswer.valid()
                                .chain(
                                        Parties.server(),
                                        Parties.intermediate(),
                                        Parties.root().length(255)),
                        malformed("certificate 3 of the chain, at byte 245: certificate: Length 255, but only")),
                Row.of(
                        "the first certificate's Length one too large",
                        chain(Parties.server().length(length + 1)),
                        malformed("certificate 2 of the chain")),
                Row.of(
                        "the first certificate's Length one too small",
                        chain(Parties.server().length(length - 1)),
                        malformed("certificate 2 of the chain")));
    }

    private static byte[] shortened(ForgedCertificate certificate) {
        byte[] encoded = certificate.encoded();
        return Arrays.copyOf(encoded, encoded.length - 1);
    }

    private static Stream<Row> keys() {
        return Stream.of(
                Row.each(
                        "an identity key of small order",
                        Ed25519Forgery.SMALL_ORDER.stream()
                                .map(key -> chain(Parties.server().key(key)))
                                .toList(),
                        malformed("not a canonical Ed25519 point of large order")),
                Row.each(
                        "an identity key of small order that is not canonical",
                        Ed25519Forgery.NOT_CANONICAL.stream()
                                .map(key -> chain(Parties.server().key(key)))
                                .toList(),
                        malformed("not a canonical Ed25519 point of large order")),
                Row.of(
                        "an intermediate's key of small order",
                        ForgedAnswer.valid()
                                .chain(Parties.server(), Parties.intermediate().key(neutral()), Parties.root()),
                        malformed("certificate 2 of the chain")),
                Row.of(
                        "a root's key of small order",
                        ForgedAnswer.valid()
                                .chain(
                                        Parties.server(),
                                        Parties.intermediate(),
                                        Parties.root().key(neutral())),
                        malformed("certificate 3 of the chain")),
                badKey(
                        "p + 3, which is on the curve as 3",
                        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                badKey(
                        "2, which is not on the curve",
                        "0200000000000000000000000000000000000000000000000000000000000000"),
                badKey("all ones", "ff".repeat(32)));
    }

    private static byte[] neutral() {
        return Ed25519Forgery.SMALL_ORDER.get(0);
    }

    private static Row badKey(String name, String hex) {
        return Row.of(
                "the identity key " + name,
                chain(Parties.server().key(Bytes.hex(hex))),
                malformed("not a canonical Ed25519 point of large order"));
    }

    private static Stream<Row> names() {
        return Stream.of(
                badName("a zero byte", "node\0.plabble.example", "node\\u{0}.plabble.example"),
                badName("a zero byte at its end", "node.plabble.example\0.evil.example", "example\\u{0}.evil"),
                badName("a tab", "node\t.plabble.example", "node\\u{9}"),
                badName("a line feed", "node.plabble.example\n", "example\\u{a}"),
                badName("an escape", "\u001b[31mnode.plabble.example", "\\u{1b}[31m"),
                badName("DEL", "node\u007f.plabble.example", "node\\u{7f}"),
                badName("a control character of Latin-1", "node\u0085.plabble.example", "node\\u{85}"),
                badName("a space", "node .plabble.example", "node .plabble"),
                badName("a space before it", " node.plabble.example", "\" node"),
                badName("a space behind it", "node.plabble.example ", "example \""),
                badName("a no-break space", "node\u00a0.plabble.example", "control characters or spaces"),
                badName("an em space", "node\u2003.plabble.example", "control characters or spaces"),
                badName("an ideographic space", "node\u3000.plabble.example", "control characters or spaces"),
                badName("a line separator", "node\u2028.plabble.example", "node\\u{2028}"),
                notUtf8("a byte that UTF-8 never has", "6e6fff"),
                notUtf8("an overlong full stop", "6e6fc0ae"),
                notUtf8("half a character", "6e6fc3"),
                notUtf8("a surrogate", "6eeda080"),
                Row.of(
                        "a certificate's name of 152 bytes, whose Length does not fit",
                        chain(Parties.server().name(Bytes.filled(152, 'n'))),
                        malformed("Length 0, needs 105 to 255")),
                Row.of(
                        "a certificate's name of 151 bytes",
                        longest(),
                        certificate(Reason.NAME_MISMATCH, OptionalInt.of(0), "nnn")),
                Row.of("a certificate's name of 151 bytes, asked for", longest(), session())
                        .with(client -> client.serverName("n".repeat(151))));
    }

    private static ForgedAnswer longest() {
        return ForgedAnswer.valid().chain(Parties.serverOfRoot("n".repeat(151)), Parties.root());
    }

    private static Row badName(String name, String written, String shown) {
        return Row.of(
                "a certificate's name with " + name,
                chain(Parties.server().name(Bytes.utf8(written))),
                malformed(shown));
    }

    private static Row notUtf8(String name, String hex) {
        return Row.of(
                "a certificate's name with " + name,
                chain(Parties.server().name(Bytes.hex(hex))),
                malformed("its name is not UTF-8"));
    }

    private static Stream<Row> others() {
        return Stream.of(
                Row.of(
                        "a window that ends before it begins",
                        chain(Parties.server().from(Parties.NOW).to(Parties.NOW.minusSeconds(1))),
                        malformed("after its end 2026-03-01T11:59:59Z")),
                Row.of(
                        "a root's window that ends before it begins",
                        ForgedAnswer.valid()
                                .chain(
                                        Parties.server(),
                                        Parties.intermediate(),
                                        Parties.root()
                                                .from(Parties.NOW.plusSeconds(1))
                                                .to(Parties.NOW)),
                        malformed("certificate 3 of the chain")));
    }

    /** The valid chain, but for the server's own certificate. */
    private static Wire chain(ForgedCertificate server) {
        return ForgedAnswer.valid()
                .chain(server, Parties.intermediate(), Parties.root())
                .wire();
    }
}
