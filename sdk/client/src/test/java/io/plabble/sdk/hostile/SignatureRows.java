package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.handshake;
import static io.plabble.sdk.hostile.Outcome.session;

import io.plabble.protocol.Reason;
import io.plabble.protocol.internal.crypto.Sha256;
import io.plabble.sdk.hostile.Outcome.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The signature over request and server key (§4, step 10), behind a valid chain. */
public final class SignatureRows {
    private static final Refused INVALID = handshake(Reason.SIGNATURE_INVALID);

    private SignatureRows() {}

    public static Stream<Row> rows() {
        return Stream.of(bytes(), signers(), contents(), replays()).flatMap(rows -> rows);
    }

    private static Stream<Row> bytes() {
        Row flips = Row.each(
                "every bit of the signature flipped",
                IntStream.range(0, 512)
                        .mapToObj(bit -> changed(signature -> Bytes.flipped(signature, bit))
                                .wire())
                        .toList(),
                INVALID);
        Row notCanonical = Row.each(
                "an R that is not canonical, signed with the server's own key",
                withR(Ed25519Forgery.NOT_CANONICAL, Ed25519Forgery::withR),
                INVALID);
        Row smallOrder = Row.each(
                "an R of small order, and S zero",
                withR(Ed25519Forgery.SMALL_ORDER, r -> signature -> Arrays.copyOf(r, 64)),
                INVALID);
        Row signed =
                Row.each( // the check clears the cofactor (RFC 8032 §5.1.7), and only who has the key can make these
                        "an R of small order, signed with the server's own key",
                        withR(Ed25519Forgery.SMALL_ORDER, Ed25519Forgery::withR),
                        session());
        return Stream.of(
                flips,
                notCanonical,
                smallOrder,
                signed,
                row("S + L", Ed25519Forgery::plusL),
                row("all zero", signature -> new byte[64]),
                row("all ones", signature -> Bytes.filled(64, 0xff)),
                row("S zero", signature -> Arrays.copyOf(Arrays.copyOf(signature, 32), 64)),
                row("R and S swapped", signature -> Bytes.concat(half(signature, 1), half(signature, 0))),
                row(
                        "R and S in the other byte order",
                        signature ->
                                Bytes.concat(Bytes.reversed(half(signature, 0)), Bytes.reversed(half(signature, 1)))),
                row("in the other byte order", Bytes::reversed));
    }

    private static List<Wire> withR(List<byte[]> points, Function<byte[], UnaryOperator<byte[]>> signature) {
        return points.stream().map(r -> changed(signature.apply(r)).wire()).toList();
    }

    private static Stream<Row> signers() {
        return Stream.of(
                by("a stranger's", ForgedAnswer.valid().signedBy(Parties.STRANGER)),
                by("the intermediate's", ForgedAnswer.valid().signedBy(Parties.INTERMEDIATE)),
                by("the root's", ForgedAnswer.valid().signedBy(Parties.ROOT)),
                by("a stranger's, to who pins", ForgedAnswer.withoutChain().signedBy(Parties.STRANGER))
                        .by(Row.PINNING),
                by(
                                "a stranger's, to who pins two keys",
                                ForgedAnswer.withoutChain().signedBy(Parties.STRANGER))
                        .by(client -> client.pin(Parties.SERVER.publicKey(), Parties.ROOT.publicKey())),
                Row.of("a signature by the second of two pinned keys", ForgedAnswer.withoutChain(), session())
                        .by(client -> client.pin(Parties.ROOT.publicKey(), Parties.SERVER.publicKey())),
                Row.of(
                                "a stranger's signature, to who trusts anybody",
                                ForgedAnswer.withoutChain().signedBy(Parties.STRANGER),
                                session())
                        .by(Row.INSECURE));
    }

    private static Stream<Row> contents() {
        return Stream.of(
                over("server key, then request", (request, key) -> Bytes.concat(key, request)),
                over("both keys, without TypeFlags and Version", (request, key) -> Bytes.concat(tail(request, 2), key)),
                over("the request without TypeFlags", (request, key) -> Bytes.concat(tail(request, 1), key)),
                over(
                        "the request without Version",
                        (request, key) -> Bytes.concat(Bytes.of(0x60), tail(request, 2), key)),
                over(
                        "the request without its flags",
                        (request, key) -> Bytes.concat(Bytes.of(0), tail(request, 1), key)),
                over(
                        "a request without encryption",
                        (request, key) -> Bytes.concat(Bytes.of(0x40), tail(request, 1), key)),
                over(
                        "a request without a chain",
                        (request, key) -> Bytes.concat(Bytes.of(0x20), tail(request, 1), key)),
                over(
                        "a request of version 2",
                        (request, key) -> Bytes.concat(Bytes.of(0x60, 2), tail(request, 2), key)),
                over("the request with its Length", (request, key) -> Bytes.concat(Bytes.of(0x22), request, key)),
                over("the request alone", (request, key) -> request),
                over("the server key alone", (request, key) -> key),
                over("the response's header as well", (request, key) -> Bytes.concat(request, new byte[3], key)),
                over("a SHA-256 of it", (request, key) -> Sha256.digest(Bytes.concat(request, key))),
                over(
                        "both keys in the other byte order",
                        (request, key) -> Bytes.concat(
                                Arrays.copyOf(request, 2), Bytes.reversed(tail(request, 2)), Bytes.reversed(key))),
                over("nothing", (request, key) -> new byte[0]));
    }

    private static Stream<Row> replays() {
        byte[] other = Parties.otherKeyPair().publicKey();
        return Stream.of(
                over(
                        "another session's request",
                        (request, key) -> Bytes.concat(Arrays.copyOf(request, 2), other, key)),
                over("another server key", (request, key) -> Bytes.concat(request, other)));
    }

    private static Row row(String name, UnaryOperator<byte[]> change) {
        return Row.of("a signature " + name, changed(change), INVALID);
    }

    private static ForgedAnswer changed(UnaryOperator<byte[]> change) {
        return ForgedAnswer.valid().signature(change);
    }

    private static Row by(String whose, ForgedAnswer answer) {
        return Row.of("a signature, " + whose, answer, INVALID);
    }

    private static Row over(String name, BinaryOperator<byte[]> content) {
        return Row.of("a signature over " + name, ForgedAnswer.valid().content(content), INVALID);
    }

    private static byte[] half(byte[] signature, int which) {
        return Arrays.copyOfRange(signature, 32 * which, 32 * which + 32);
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }
}
