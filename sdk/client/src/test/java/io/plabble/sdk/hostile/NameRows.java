package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.session;

import io.plabble.protocol.PeerText;
import io.plabble.protocol.Reason;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Whether a certificate's name is that of the host that was asked for (§5, rule 6, D16). The root has issued it. */
public final class NameRows {
    private NameRows() {}

    public static Stream<Row> rows() {
        return Stream.of(matches(), domains(), tricks(), international(), ipv4(), ipv6())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> matches() {
        return Stream.of(
                accepted("node.example", "node.example"),
                accepted("node.example", "NODE.Example"),
                accepted("NODE.EXAMPLE", "node.example"),
                accepted("node.example", "node.example."),
                accepted("localhost", "localhost"),
                accepted("a_b.example", "a_b.example"),
                accepted("127.0.0.1", "127.0.0.1"),
                accepted("127.0.0.1", "127.0.0.1."),
                accepted("::1", "0:0:0:0:0:0:0:1"),
                accepted("2001:DB8::A", "2001:db8:0:0::a"),
                accepted("64:ff9b::192.0.2.1", "64:ff9b::c000:201"),
                accepted("bücher.example", "xn--bcher-kva.example"),
                accepted("xn--bcher-kva.example", "bücher.example"),
                accepted("bücher.example", "bücher.example"));
    }

    private static Stream<Row> domains() {
        return Stream.of(
                refused("node.example", "a.node.example"),
                refused("a.node.example", "node.example"),
                refused("example", "node.example"),
                refused("node.example", "example"),
                refused("*.example", "node.example"),
                refused("*", "node.example"),
                refused("n*.example", "node.example"),
                refused("*.example", "*.example"),
                refused("node.example.", "node.example"),
                refused("node.example.", "node.example."),
                refused("node.example", "node.example.."),
                refused(".node.example", "node.example"),
                refused("node..example", "node..example"),
                refused(".", "."));
    }

    private static Stream<Row> tricks() {
        return Stream.of(
                refused("evil-node.example", "node.example"),
                refused("evilnode.example", "node.example"),
                refused("node.example.evil", "node.example"),
                refused("node.example", "node.example.evil"),
                refused("node.example,other.example", "node.example"),
                refused("node.example/", "node.example"),
                refused("node.example:4242", "node.example"),
                refused("user@node.example", "node.example"),
                refused("node.example", "node.example\0.evil"),
                refused("node.example", "node.example\0"),
                refused("node.example", "node.example "),
                refused("node.example", " node.example"),
                refused("node.example", "node.example\n"),
                refused("node.example\u200b", "node.example"),
                refused("\u202eelpmaxe.edon", "node.example"),
                refused("node\u3002example", "node.example"), // an ideographic full stop
                refused("\uff4eode.example", "node.example"), // a wide letter
                refused("node.examp\u200cle", "node.example")); // a character of no width
    }

    private static Stream<Row> international() {
        return Stream.of(
                refused("n\u043ede.example", "node.example"), // a Cyrillic letter
                refused("node.example", "n\u043ede.example"),
                refused("xn--nde-hdd.example", "node.example"),
                refused("faß.de", "fass.de"),
                refused("fass.de", "faß.de"),
                refused("faß.de", "faß.de"),
                refused("\u0131stanbul.example", "istanbul.example"), // a dotless letter
                refused("\u0130stanbul.example", "istanbul.example"),
                refused("\u212a.example", "k.example"), // the sign of the unit kelvin
                refused("\u017f.example", "s.example"), // a long s
                refused("BÜCHER.example", "bücher.example"),
                refused("bücher.example", "bu\u0308cher.example"),
                refused("\ufb01.example", "fi.example"), // a ligature
                refused("①.example", "1.example"));
    }

    private static Stream<Row> ipv4() {
        return Stream.of(
                refused("127.1", "127.0.0.1"),
                refused("127.0.0.1", "127.1"),
                refused("0177.0.0.1", "127.0.0.1"),
                refused("127.0.0.1", "0177.0.0.1"),
                refused("127.0.0.01", "127.0.0.1"),
                refused("0x7f.0.0.1", "127.0.0.1"),
                refused("127.0.0.1", "0x7f000001"),
                refused("2130706433", "127.0.0.1"),
                refused("127.0.0.1", "2130706433"),
                refused("127.0.0.256", "127.0.1.0"),
                refused("127.0.0.1", "127.0.0.2"),
                refused("127.0.0.1", "localhost"),
                refused("localhost", "127.0.0.1"),
                refused("node.example", "127.0.0.1"),
                refused("\u0661\u0662\u0667.0.0.1", "127.0.0.1")); // Arabic digits
    }

    private static Stream<Row> ipv6() {
        return Stream.of(
                refused("::ffff:127.0.0.1", "127.0.0.1"),
                refused("127.0.0.1", "::ffff:127.0.0.1"),
                refused("::ffff:127.0.0.1", "::ffff:127.0.0.1"),
                refused("::ffff:7f00:1", "::ffff:127.0.0.1"),
                refused("::127.0.0.1", "127.0.0.1"),
                refused("fe80::1%eth0", "fe80::1%eth0"),
                refused("fe80::1", "fe80::1%eth0"),
                refused("fe80::1%eth0", "fe80::1"),
                refused("[::1]", "::1"),
                refused("[::1]", "[::1]"),
                refused("::1", "[::1]"),
                refused("::1", "::2"),
                refused("0:0:0:0:0:0:0:0:1", "::1"),
                refused("00000::1", "::1"),
                refused(":::1", "::1"),
                refused("1::2::3", "1::2::3"));
    }

    private static Row accepted(String certified, String host) {
        return row(certified, host, "is", session());
    }

    private static Row refused(String certified, String host) {
        String told = "for \"" + PeerText.printable(certified) + "\", not for \"" + PeerText.printable(host) + "\"";
        return row(certified, host, "is not", Outcome.certificate(Reason.NAME_MISMATCH, OptionalInt.of(0), told));
    }

    private static Row row(String certified, String host, String relation, Outcome outcome) {
        String name = "the name " + PeerText.printable(certified) + " " + relation + " " + PeerText.printable(host);
        return Row.of(name, ForgedAnswer.valid().chain(Parties.serverOfRoot(certified), Parties.root()), outcome)
                .with(client -> client.serverName(host))
                .only(Segmentation.WHOLE);
    }
}
