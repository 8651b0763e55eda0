package io.plabble.protocol.internal.crypto;

import java.math.BigInteger;
import java.util.stream.Stream;

/**
 * The curve of Ed25519 (RFC 8032 §5.1) in plain arithmetic, to make the keys and the signatures that no library makes. Slow,
 * and not for secrets.
 */
final class Edwards25519 {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** The order of the base point. */
    static final BigInteger L = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE);

    private static final BigInteger D = fraction(-121665, 121666);
    private static final BigInteger EIGHT = BigInteger.valueOf(8);
    private static final BigInteger ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    static final Point BASE = withY(fraction(4, 5)).findFirst().orElseThrow();

    /** A point of order 8, whose multiples are all the points of small order. */
    static final Point TORSION = Stream.iterate(BigInteger.TWO, BigInteger.ONE::add)
            .flatMap(Edwards25519::withY)
            .map(point -> point.times(L))
            .filter(point -> !point.times(BigInteger.valueOf(4)).isNeutral())
            .findFirst()
            .orElseThrow();

    private Edwards25519() {}

    /** In projective coordinates, which need no inversion to add. */
    record Point(BigInteger x, BigInteger y, BigInteger z) {
        /** By the formula of Bernstein and others (2008), complete on this curve. */
        Point plus(Point that) {
            BigInteger a = z.multiply(that.z).mod(P);
            BigInteger b = a.multiply(a).mod(P);
            BigInteger c = x.multiply(that.x).mod(P);
            BigInteger d = y.multiply(that.y).mod(P);
            BigInteger e = D.multiply(c).multiply(d).mod(P);
            BigInteger crossed =
                    x.add(y).multiply(that.x.add(that.y)).subtract(c).subtract(d);
            return new Point(
                    a.multiply(b.subtract(e)).multiply(crossed).mod(P),
                    a.multiply(b.add(e)).multiply(d.add(c)).mod(P),
                    b.subtract(e).multiply(b.add(e)).mod(P));
        }

        Point times(BigInteger scalar) {
            Point sum = NEUTRAL;
            for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                sum = scalar.testBit(bit) ? sum.plus(this) : sum;
            }
            return sum;
        }

        boolean isNeutral() {
            return x.signum() == 0 && y.equals(z);
        }

        byte[] encoded() {
            BigInteger inverse = z.modInverse(P);
            byte[] encoded = littleEndian(y.multiply(inverse).mod(P));
            encoded[31] |= (byte) (x.multiply(inverse).mod(P).testBit(0) ? 0x80 : 0);
            return encoded;
        }
    }

    /** In 32 bytes. */
    static byte[] littleEndian(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    static BigInteger fromLittleEndian(byte[] bytes) {
        BigInteger number = BigInteger.ZERO;
        for (int i = bytes.length - 1; i >= 0; i--) {
            number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
        }
        return number;
    }

    /** The point with this y and an even x, or nothing: x² = (y² - 1) / (dy² + 1), and p is 5 modulo 8. */
    private static Stream<Point> withY(BigInteger y) {
        BigInteger square = y.multiply(y);
        BigInteger wanted = square.subtract(BigInteger.ONE)
                .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P))
                .mod(P);
        BigInteger root = wanted.modPow(P.add(BigInteger.valueOf(3)).divide(EIGHT), P);
        return Stream.of(root, root.multiply(ROOT_OF_MINUS_ONE).mod(P))
                .filter(x -> x.multiply(x).mod(P).equals(wanted))
                .map(x -> new Point(x.testBit(0) ? P.subtract(x) : x, y, BigInteger.ONE))
                .limit(1);
    }

    private static BigInteger fraction(int numerator, int denominator) {
        return BigInteger.valueOf(numerator)
                .multiply(BigInteger.valueOf(denominator).modInverse(P))
                .mod(P);
    }
}
