package io.plabble.protocol.internal.crypto;

import static io.plabble.protocol.internal.crypto.CraftedSignature.by;
import static io.plabble.protocol.internal.crypto.Edwards25519.NEUTRAL;
import static io.plabble.protocol.internal.crypto.Edwards25519.P;
import static io.plabble.protocol.internal.crypto.Edwards25519.TORSION;
import static java.math.BigInteger.ONE;
import static java.math.BigInteger.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.internal.crypto.CraftedSignature.Chosen;
import io.plabble.protocol.internal.crypto.Edwards25519.Point;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures in what our Ed25519 is strict (D15), beside what it is made of and the JDK's: the table of the module's README. */
class Ed25519StrictnessTest {
    private static final Path README = Path.of("README.md");
    private static final int SIGNATURES = 24; // of each key and R
    private static final BigInteger SECRET = BigInteger.valueOf(271_828_182);
    private static final BigInteger NONCE = BigInteger.valueOf(314_159_265);
    private static final Chosen A = Chosen.of(SECRET, NEUTRAL);
    private static final Chosen R = Chosen.of(NONCE, NEUTRAL);

    /** The start of a SubjectPublicKeyInfo (RFC 8410 §4). */
    private static final byte[] DER_HEADER = HexFormat.of().parseHex("302a300506032b6570032100");

    /** All the rows of the table. */
    private static Stream<Row> rows() {
        return Stream.of(
                new Row("an ordinary signature", Stream.of(by(A, R))),
                new Row("S + L instead of S", Stream.of(by(A, R).map(CraftedSignature::withSNotReduced))),
                new Row(
                        "A of small order, SB = R + kA",
                        smallOrder().map(t -> withoutTorsion(by(Chosen.of(ZERO, t), R)))),
                new Row("A not canonical, SB = R + kA", nonCanonicalNeutral().map(a -> by(a, R))),
                new Row(
                        "A of mixed order, SB = R + kA",
                        torsion().map(t -> withoutTorsion(by(Chosen.of(SECRET, t), R)))),
                new Row(
                        "A of mixed order, only 8SB = 8R + 8kA",
                        Stream.of(withTorsion(by(Chosen.of(SECRET, TORSION), R)))),
                new Row("R of order 1, SB = R + kA", Stream.of(by(A, Chosen.of(ZERO, NEUTRAL)))),
                new Row("R of small order, only 8SB = 8R + 8kA", torsion().map(t -> by(A, Chosen.of(ZERO, t)))),
                new Row("R of mixed order, only 8SB = 8R + 8kA", torsion().map(t -> by(A, Chosen.of(NONCE, t)))),
                new Row("R not canonical, SB = R + kA", nonCanonicalNeutral().map(r -> by(A, r))));
    }

    private record Row(String label, List<CraftedSignature> signatures) {
        Row(String label, Stream<Stream<CraftedSignature>> endless) {
            this(label, endless.flatMap(each -> each.limit(SIGNATURES)).toList());
        }

        /** Whether an implementation verifies the signatures. */
        String measured(Predicate<CraftedSignature> implementation) {
            long verified = signatures.stream().filter(implementation).count();
            return verified == 0 ? "no" : verified == signatures.size() ? "yes" : "some";
        }

        @Override
        public String toString() {
            return label;
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theReadmeSaysWhatIsVerified(Row row) throws IOException {
        assertThat(Files.readAllLines(README))
                .contains("| %s | %s | %s | %s |"
                        .formatted(
                                row.label,
                                row.measured(Ed25519StrictnessTest::oursVerifies),
                                row.measured(Ed25519StrictnessTest::bouncyCastleVerifies),
                                row.measured(Ed25519StrictnessTest::jdkVerifies)));
    }

    private static boolean oursVerifies(CraftedSignature signed) {
        return Ed25519PublicKey.decode(signed.key(), 0)
                .filter(key -> key.verifies(signed.message(), signed.signature()))
                .isPresent();
    }

    private static boolean bouncyCastleVerifies(CraftedSignature signed) {
        byte[] message = signed.message();
        return Ed25519.verify(signed.signature(), 0, signed.key(), 0, message, 0, message.length);
    }

    private static boolean jdkVerifies(CraftedSignature signed) {
        byte[] der = ByteBuffer.allocate(DER_HEADER.length + Ed25519PublicKey.LENGTH)
                .put(DER_HEADER)
                .put(signed.key())
                .array();
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
            ed25519.update(signed.message());
            return ed25519.verify(signed.signature());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Stream<Point> smallOrder() {
        return Stream.concat(Stream.of(NEUTRAL), torsion());
    }

    /** All points of orders 2, 4 and 8. */
    private static Stream<Point> torsion() {
        return IntStream.range(1, 8).mapToObj(BigInteger::valueOf).map(TORSION::times);
    }

    /** The neutral element, y = 1, with y + p instead, or with the sign of an x that is 0, or with both. */
    private static Stream<Chosen> nonCanonicalNeutral() {
        BigInteger sign = ONE.shiftLeft(255);
        return Stream.of(P.add(ONE), ONE.add(sign), P.add(ONE).add(sign))
                .map(encoded -> new Chosen(ZERO, Edwards25519.littleEndian(encoded)));
    }

    private static Stream<CraftedSignature> withoutTorsion(Stream<CraftedSignature> signatures) {
        return signatures.filter(CraftedSignature::isWithoutTorsionOfA);
    }

    private static Stream<CraftedSignature> withTorsion(Stream<CraftedSignature> signatures) {
        return signatures.filter(signed -> !signed.isWithoutTorsionOfA());
    }
}
