package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.certificate;
import static io.plabble.sdk.hostile.Outcome.chain;
import static io.plabble.sdk.hostile.Outcome.session;

import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.sdk.hostile.Outcome.Refused;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Chains of well-formed certificates that do not hold together: their number, root and links (§5, rules 1 to 3). */
public final class CertificateRows {
    private static final int WINDOW = 33;
    private static final int SIGNATURE = 41;
    private static final int NAME = 105;

    private CertificateRows() {}

    public static Stream<Row> rows() {
        return Stream.of(numbers(), orders(), roots(), signatures(), flips()).flatMap(rows -> rows);
    }

    private static Stream<Row> numbers() {
        return Stream.of(
                row("no certificate", ForgedAnswer.valid().chain(), chain(Reason.CERTIFICATE_MISSING)),
                row("eight certificates", ForgedAnswer.valid().chain(longChain(8)), session()),
                row("nine certificates", ForgedAnswer.valid().chain(longChain(9)), chain(Reason.CHAIN_TOO_LONG)),
                row(
                                "fifteen certificates, where so many are allowed",
                                ForgedAnswer.valid().chain(longChain(15)),
                                session())
                        .with(client -> client.maxCertificates(15)),
                row(
                                "sixteen certificates, where fifteen are allowed",
                                ForgedAnswer.valid().chain(longChain(16)),
                                chain(Reason.CHAIN_TOO_LONG))
                        .with(client -> client.maxCertificates(15)),
                row("two certificates, where one is allowed", ofRoot(), chain(Reason.CHAIN_TOO_LONG))
                        .with(client -> client.maxCertificates(1)),
                row("a server and its root", ofRoot(), session()),
                row(
                        "a server that is its own root, and not trusted",
                        ForgedAnswer.valid().chain(new ForgedCertificate(Parties.HOST, Parties.SERVER, Parties.SERVER)),
                        untrusted(0)),
                row(
                                "a server that is its own root, and trusted",
                                ForgedAnswer.valid().signedBy(Parties.ROOT).chain(Parties.root()),
                                session())
                        .with(client -> client.serverName(Parties.ROOT_NAME)));
    }

    /** The server, enough intermediates of the same name to make up the number, and the root. */
    private static ForgedCertificate[] longChain(int length) {
        ForgedCertificate[] chain = new ForgedCertificate[length];
        chain[0] = new ForgedCertificate(Parties.HOST, Parties.SERVER, issuer(1, length));
        for (int i = 1; i < length - 1; i++) {
            chain[i] = new ForgedCertificate(Parties.INTERMEDIATE_NAME, issuer(i, length), issuer(i + 1, length));
        }
        chain[length - 1] = Parties.root();
        return chain;
    }

    private static IdentityKeyPair issuer(int place, int length) {
        return place == length - 1 ? Parties.ROOT : Parties.identity(100 + place);
    }

    private static ForgedAnswer ofRoot() {
        return ForgedAnswer.valid().chain(Parties.serverOfRoot(Parties.HOST), Parties.root());
    }

    private static Stream<Row> orders() {
        ForgedCertificate server = Parties.server();
        ForgedCertificate intermediate = Parties.intermediate();
        ForgedCertificate root = Parties.root();
        return Stream.of(
                order("the chain reversed", untrusted(2), root, intermediate, server),
                order("server and intermediate swapped", unsigned(0), intermediate, server, root),
                order("intermediate and root swapped", untrusted(2), server, root, intermediate),
                order("the server twice", unsigned(0), server, server, intermediate, root),
                order("the intermediate twice", unsigned(1), server, intermediate, intermediate, root),
                order("the intermediate missing", unsigned(0), server, root),
                order("the root missing", untrusted(1), server, intermediate),
                order("the server alone", untrusted(0), server),
                row("the root alone", ForgedAnswer.valid().chain(root), certificate(Reason.NAME_MISMATCH, 0)),
                order("the root twice", certificate(Reason.ISSUER_NOT_AUTHORISED, 2), server, intermediate, root, root),
                order("a stranger behind the root", untrusted(3), server, intermediate, root, stranger()));
    }

    private static ForgedCertificate stranger() {
        return new ForgedCertificate("stranger.example", Parties.STRANGER, Parties.STRANGER);
    }

    private static Row order(String name, Outcome outcome, ForgedCertificate... chain) {
        return row(name, ForgedAnswer.valid().chain(chain), outcome);
    }

    private static Stream<Row> roots() {
        return Stream.of(
                root("an untrusted root", "other.example", Parties.STRANGER),
                root("the root's name with another key", Parties.ROOT_NAME, Parties.STRANGER),
                root("the root's key with another name", "other.example", Parties.ROOT),
                root("the root's name in another case", "Root.example", Parties.ROOT),
                root("the root's name with a dot behind it", "root.example.", Parties.ROOT),
                row(
                        "the root with another window",
                        ForgedAnswer.valid()
                                .chain(
                                        Parties.server(),
                                        Parties.intermediate(),
                                        Parties.root().to(Parties.NOW)),
                        session()),
                row(
                        "the root's key and name, signed by another",
                        ForgedAnswer.valid()
                                .chain(
                                        Parties.server(),
                                        Parties.intermediate(),
                                        new ForgedCertificate(Parties.ROOT_NAME, Parties.ROOT, Parties.STRANGER)),
                        unsigned(2)));
    }

    private static Row root(String name, String certified, IdentityKeyPair key) {
        ForgedCertificate root = new ForgedCertificate(certified, key, key);
        return row(name, ForgedAnswer.valid().chain(Parties.server(), Parties.intermediate(), root), untrusted(2));
    }

    private static Stream<Row> signatures() {
        return Stream.of(
                signed("by a stranger", new ForgedCertificate(Parties.HOST, Parties.SERVER, Parties.STRANGER)),
                signed("by the server itself", new ForgedCertificate(Parties.HOST, Parties.SERVER, Parties.SERVER)),
                signed("by the root, past the intermediate", Parties.serverOfRoot(Parties.HOST)),
                signed("with its Length", content(all -> Bytes.concat(Bytes.of(72 + Parties.HOST.length()), all))),
                signed(
                        "with the certificate's Length",
                        content(all -> Bytes.concat(Bytes.of(104 + Parties.HOST.length()), all))),
                signed("without its name", content(all -> Arrays.copyOf(all, 40))),
                signed(
                        "without its window",
                        content(all -> Bytes.concat(Arrays.copyOf(all, 32), Arrays.copyOfRange(all, 40, all.length)))),
                signed("with a zero byte behind it", content(all -> Bytes.concat(all, Bytes.of(0)))),
                signed("with S + L", Parties.server().signature(Ed25519Forgery::plusL)),
                signed("with zeros", Parties.server().signature(signature -> new byte[64])),
                row(
                        "an intermediate signed by a stranger",
                        ForgedAnswer.valid()
                                .chain(
                                        Parties.server(),
                                        new ForgedCertificate(
                                                Parties.INTERMEDIATE_NAME, Parties.INTERMEDIATE, Parties.STRANGER),
                                        Parties.root()),
                        unsigned(1)),
                row(
                        "an intermediate of the same name with another key",
                        ForgedAnswer.valid()
                                .chain(
                                        Parties.server(),
                                        new ForgedCertificate(
                                                Parties.INTERMEDIATE_NAME, Parties.STRANGER, Parties.ROOT),
                                        Parties.root()),
                        unsigned(0)));
    }

    private static Row signed(String how, ForgedCertificate server) {
        return row(
                "a certificate signed " + how,
                ForgedAnswer.valid().chain(server, Parties.intermediate(), Parties.root()),
                unsigned(0));
    }

    private static ForgedCertificate content(UnaryOperator<byte[]> change) {
        return Parties.server().content(change);
    }

    /** One bit of each field of each certificate; all bits are flipped elsewhere, without sockets. */
    private static Stream<Row> flips() {
        return Stream.of(
                flip("the server's window", 0, WINDOW + 3, unsigned(0)),
                flip("the server's signature", 0, SIGNATURE, unsigned(0)),
                flip("the server's name", 0, NAME, unsigned(0)),
                flip("the intermediate's window", 1, WINDOW + 7, unsigned(1)),
                flip("the intermediate's signature", 1, SIGNATURE + 63, unsigned(1)),
                flip("the intermediate's name", 1, NAME, unsigned(1)),
                flip("the root's window", 2, WINDOW + 3, unsigned(2)),
                flip("the root's signature", 2, SIGNATURE + 32, unsigned(2)),
                flip("the root's name", 2, NAME, untrusted(2)));
    }

    private static Row flip(String field, int index, int offset, Outcome outcome) {
        byte[][] chain = {
            Parties.server().encoded(),
            Parties.intermediate().encoded(),
            Parties.root().encoded()
        };
        chain[index] = Bytes.flipped(chain[index], 8 * offset);
        return row("a bit flipped in " + field, ForgedAnswer.valid().encodedChain(chain), outcome);
    }

    private static Refused unsigned(int index) {
        return certificate(Reason.CHAIN_SIGNATURE_INVALID, index);
    }

    private static Refused untrusted(int index) {
        return certificate(Reason.UNTRUSTED_ROOT, index);
    }

    private static Row row(String name, ForgedAnswer answer, Outcome outcome) {
        return Row.of(name, answer, outcome);
    }
}
