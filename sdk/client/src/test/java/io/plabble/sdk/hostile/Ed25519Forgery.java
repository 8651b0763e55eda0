package io.plabble.sdk.hostile;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Signatures that lax Ed25519 implementations take, and strict ones do not (RFC 8032, D15). */
final class Ed25519Forgery {
    /** The canonical encodings of the points whose order divides 8. */
    static final List<byte[]> SMALL_ORDER = List.of(
            Bytes.hex("0100000000000000000000000000000000000000000000000000000000000000"),
            Bytes.hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            Bytes.hex("0000000000000000000000000000000000000000000000000000000000000000"),
            Bytes.hex("0000000000000000000000000000000000000000000000000000000000000080"),
            Bytes.hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            Bytes.hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"),
            Bytes.hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
            Bytes.hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"));

    /** The other encodings, which are taken for these points where encodings need not be canonical. */
    static final List<byte[]> NOT_CANONICAL = List.of(
            Bytes.hex("0100000000000000000000000000000000000000000000000000000000000080"),
            Bytes.hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
            Bytes.hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            Bytes.hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
            Bytes.hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            Bytes.hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"));

    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private Ed25519Forgery() {}

    /** The same S, written as no signer would. */
    static byte[] plusL(byte[] signature) {
        BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64));
        return signature(Arrays.copyOf(signature, 32), s.add(L));
    }

    /** What {@link Parties#SERVER} would sign with this R and the nonce 0: right up to the point that R is. */
    static UnaryOperator<byte[]> withR(byte[] r) {
        byte[] content =
                Bytes.concat(Parties.request(true), Parties.serverKeyPair().publicKey());
        byte[] challenge = sha512(Bytes.concat(r, Parties.SERVER.publicKey().bytes(), content));
        byte[] scalar = Arrays.copyOf(sha512(Parties.SERVER.seed()), 32);
        scalar[0] &= (byte) 0xf8;
        scalar[31] = (byte) ((scalar[31] & 0x7f) | 0x40);
        BigInteger s = littleEndian(challenge).multiply(littleEndian(scalar)).mod(L);
        return signed -> signature(r, s);
    }

    private static byte[] signature(byte[] r, BigInteger s) {
        byte[] bigEndian = s.toByteArray();
        byte[] little = Bytes.reversed(bigEndian);
        return Bytes.concat(r, Arrays.copyOf(little, 32));
    }

    private static BigInteger littleEndian(byte[] bytes) {
        return new BigInteger(1, Bytes.reversed(bytes));
    }

    private static byte[] sha512(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
