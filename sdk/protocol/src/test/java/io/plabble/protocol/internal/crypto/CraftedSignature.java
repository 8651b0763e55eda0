package io.plabble.protocol.internal.crypto;

import static io.plabble.protocol.internal.crypto.Edwards25519.BASE;
import static io.plabble.protocol.internal.crypto.Edwards25519.L;
import static io.plabble.protocol.internal.crypto.Edwards25519.fromLittleEndian;
import static io.plabble.protocol.internal.crypto.Edwards25519.littleEndian;

import io.plabble.protocol.internal.crypto.Edwards25519.Point;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A signature (RFC 8032 §5.1.6) with a key A and a point R that the test chooses. It fulfils 8SB = 8R + 8kA, the equation
 * with the cofactor; SB = R + kA only where what is of small order in A and in R cancels out.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record CraftedSignature(Chosen a, byte[] message, Chosen r, BigInteger k, BigInteger s) {
    private static final BigInteger EIGHT = BigInteger.valueOf(8);

    /**
     * A key or an R whose maker knows the scalar.
     *
     * @param encoded the scalar times the base point, plus a point of small order, perhaps not in the canonical form
     */
    record Chosen(BigInteger scalar, byte[] encoded) {
        static Chosen of(BigInteger scalar, Point smallOrder) {
            return new Chosen(scalar, BASE.times(scalar).plus(smallOrder).encoded());
        }
    }

    /** Signatures of one message after the other, without end. */
    static Stream<CraftedSignature> by(Chosen a, Chosen r) {
        return IntStream.iterate(0, i -> i + 1).mapToObj(i -> {
            byte[] message = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
            BigInteger k =
                    fromLittleEndian(sha512(r.encoded, a.encoded, message)).mod(L);
            return new CraftedSignature(
                    a, message, r, k, k.multiply(a.scalar).add(r.scalar).mod(L));
        });
    }

    /** Whether kA is without what is of small order in A. */
    boolean isWithoutTorsionOfA() {
        return k.mod(EIGHT).signum() == 0;
    }

    CraftedSignature withSNotReduced() {
        return new CraftedSignature(a, message, r, k, s.add(L));
    }

    byte[] key() {
        return a.encoded;
    }

    byte[] signature() {
        return ByteBuffer.allocate(64).put(r.encoded).put(littleEndian(s)).array();
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
