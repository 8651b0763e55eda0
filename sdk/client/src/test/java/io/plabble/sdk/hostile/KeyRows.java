package io.plabble.sdk.hostile;

import static io.plabble.sdk.hostile.Outcome.certificate;
import static io.plabble.sdk.hostile.Outcome.handshake;
import static io.plabble.sdk.hostile.Outcome.session;

import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.hostile.Outcome.Refused;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The server's X25519 key (§4, steps 10 to 12). Each is correctly signed, so that it is the key that is refused, unless the row
 * is about what is checked first.
 */
public final class KeyRows {
    private static final Refused ZERO = handshake(Reason.SHARED_SECRET_ZERO);
    private static final Refused REFLECTED = handshake(Reason.SERVER_KEY_REFLECTED);
    private static final Refused FORGED = handshake(Reason.SIGNATURE_INVALID);
    private static final Refused OTHER_PIN = handshake(Reason.PINNED_KEY_MISMATCH);
    private static final byte[] CLIENTS = Parties.clientKeyPair().publicKey();
    private static final byte[] LOW_ORDER = new byte[32];

    private KeyRows() {}

    public static Stream<Row> rows() {
        return Stream.of(lowOrder(), reflected(), order()).flatMap(rows -> rows);
    }

    /** Every encoding that the curve has of a point whose multiples may be zero; X25519 ignores the topmost bit. */
    private static Stream<Row> lowOrder() {
        return Stream.of(
                        lowOrder("0", "0000000000000000000000000000000000000000000000000000000000000000"),
                        lowOrder("1", "0100000000000000000000000000000000000000000000000000000000000000"),
                        lowOrder("of order 8", "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
                        lowOrder(
                                "of order 8, the other",
                                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
                        lowOrder("p − 1", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                        lowOrder("p, which is 0", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                        lowOrder(
                                "p + 1, which is 1",
                                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                        Stream.of(
                                Row.of(
                                                "a pinned server's key 0",
                                                ForgedAnswer.withoutChain().key(LOW_ORDER),
                                                ZERO)
                                        .by(Row.PINNING),
                                Row.of(
                                                "anybody's key 0",
                                                ForgedAnswer.withoutChain().key(LOW_ORDER),
                                                ZERO)
                                        .by(Row.INSECURE)))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> lowOrder(String name, String hex) {
        byte[] key = Bytes.hex(hex);
        return Stream.of(
                Row.of("the key " + name, ForgedAnswer.valid().key(key), ZERO),
                Row.of(
                        "the key " + name + ", with the topmost bit",
                        ForgedAnswer.valid().key(Bytes.withTopBit(key)),
                        ZERO));
    }

    private static Stream<Row> reflected() {
        return Stream.of(
                Row.of("the client's own key", ForgedAnswer.valid().key(CLIENTS), REFLECTED),
                Row.of(
                        "the client's own key, with the topmost bit",
                        ForgedAnswer.valid().key(Bytes.withTopBit(CLIENTS)),
                        REFLECTED),
                Row.of(
                                "the client's own key, by a pinned server",
                                ForgedAnswer.withoutChain().key(CLIENTS),
                                REFLECTED)
                        .by(Row.PINNING),
                Row.of(
                                "the client's own key, by anybody",
                                ForgedAnswer.withoutChain().key(CLIENTS),
                                REFLECTED)
                        .by(Row.INSECURE),
                Row.of(
                        "the server's key with the topmost bit, which X25519 ignores",
                        ForgedAnswer.valid()
                                .key(Bytes.withTopBit(Parties.serverKeyPair().publicKey())),
                        session()));
    }

    /** Of several faults, the one that is checked first. */
    private static Stream<Row> order() {
        UnaryOperator<PlabbleClient> otherPin = client -> client.pin(Parties.STRANGER.publicKey());
        return Stream.of(
                Row.of("a forged signature, and the key 0", forged(LOW_ORDER), FORGED),
                Row.of("a forged signature, and the client's own key", forged(CLIENTS), FORGED),
                Row.of("another pin than the certified key", ForgedAnswer.valid(), OTHER_PIN)
                        .with(otherPin),
                Row.of("another pin, and a forged signature", forged(CLIENTS), OTHER_PIN)
                        .with(otherPin),
                Row.of("another name, and a forged signature", forged(LOW_ORDER), certificate(Reason.NAME_MISMATCH, 0))
                        .with(client -> client.serverName("other.example")),
                Row.of(
                                "an expired certificate, and another name",
                                expired(),
                                certificate(Reason.CERTIFICATE_EXPIRED, 0))
                        .with(client -> client.serverName("other.example")),
                Row.of("the pinned and certified key", ForgedAnswer.valid(), session())
                        .with(Row.PINNING));
    }

    private static ForgedAnswer forged(byte[] key) {
        return ForgedAnswer.valid().key(key).signature(signature -> Bytes.flipped(signature, 0));
    }

    private static ForgedAnswer expired() {
        return ForgedAnswer.valid()
                .chain(
                        Parties.server().from(Parties.NOW.minusSeconds(2)).to(Parties.NOW.minusSeconds(1)),
                        Parties.intermediate(),
                        Parties.root());
    }
}
