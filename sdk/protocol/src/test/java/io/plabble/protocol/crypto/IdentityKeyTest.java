package io.plabble.protocol.crypto;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.Reason;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** D15: keys and signatures are taken strictly. */
class IdentityKeyTest {
    /** The order of the base point (RFC 8032 §5.1). */
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final byte[] MESSAGE = {1, 2, 3};

    private final IdentityKeyPair keyPair = IdentityKeyPair.ofSeed(
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8
            });
    private final IdentityKey key = keyPair.publicKey();

    @Test
    void verifiesItsOwnSignatureOverThisMessageOnly() {
        byte[] signature = keyPair.sign(MESSAGE);

        assertThat(key.verifies(MESSAGE, signature)).isTrue();
        assertThat(key.verifies(new byte[] {1, 2, 4}, signature)).isFalse();
        assertThat(IdentityKeyPair.generate().publicKey().verifies(MESSAGE, signature))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 63, 65, 128})
    void refusesASignatureOfAnotherLength(int length) {
        assertThat(key.verifies(MESSAGE, Arrays.copyOf(keyPair.sign(MESSAGE), length)))
                .isFalse();
    }

    @Test
    void refusesASignatureWhoseSIsNotReduced() {
        byte[] signature = keyPair.sign(MESSAGE);
        BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64));

        assertThat(key.verifies(MESSAGE, signature(Arrays.copyOf(signature, 32), s)))
                .isTrue();
        assertThat(key.verifies(MESSAGE, signature(Arrays.copyOf(signature, 32), s.add(L))))
                .isFalse();
    }

    /** The signature of one who holds the key and takes the nonce 0, so that R is the neutral element, y = 1. */
    @Test
    void refusesASignatureWhoseRIsNotCanonical() throws Exception {
        byte[] r = hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"); // p + 1
        byte[] seedHash = MessageDigest.getInstance("SHA-512").digest(keyPair.seed());
        byte[] scalar = Arrays.copyOf(seedHash, 32);
        scalar[0] &= (byte) 0xf8;
        scalar[31] = (byte) (scalar[31] & 0x7f | 0x40);
        MessageDigest challenge = MessageDigest.getInstance("SHA-512");
        challenge.update(r);
        challenge.update(key.bytes());
        BigInteger k = littleEndian(challenge.digest(MESSAGE));

        assertThat(key.verifies(
                        MESSAGE, signature(r, k.multiply(littleEndian(scalar)).mod(L))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
            })
    void refusesAKeyOfSmallOrder(String point) {
        assertRefused(Reason.CONFIGURATION, () -> IdentityKey.ofHex(point)).hasMessageContaining("large order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000080", // -0
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", // -0
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p + 1
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p + 3
                "0200000000000000000000000000000000000000000000000000000000000000" // not on the curve
            })
    void refusesAKeyThatIsNotCanonicalOrNotOnTheCurve(String point) {
        assertRefused(Reason.CONFIGURATION, () -> IdentityKey.ofHex(point));
    }

    @Test
    void takesTheCanonicalFormOfAKeyThatItRefusesOtherwise() {
        String three = "0300000000000000000000000000000000000000000000000000000000000000";

        assertThat(IdentityKey.ofHex(three)).hasToString(three);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"00", "zz00000000000000000000000000000000000000000000000000000000000000", "a"})
    void refusesWhatIsNotSixtyFourHexadecimalDigits(String hex) {
        assertRefused(Reason.CONFIGURATION, () -> IdentityKey.ofHex(hex));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void refusesAnotherNumberOfBytes(int length) {
        assertRefused(Reason.CONFIGURATION, () -> IdentityKey.of(new byte[length]))
                .hasMessageContaining(length + " bytes");
    }

    @Test
    void refusesNull() {
        assertRefused(Reason.CONFIGURATION, () -> IdentityKey.of((byte[]) null)).hasMessageContaining("null");
    }

    @Test
    void isAValueThatNobodyCanChange() {
        byte[] bytes = key.bytes();
        IdentityKey copy = IdentityKey.of(bytes);
        bytes[0] ^= 1;
        key.bytes()[0] ^= 1;

        assertThat(copy).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(copy.bytes()).isNotEqualTo(bytes);
        IdentityKey other = IdentityKeyPair.ofSeed(new byte[32]).publicKey();
        assertThat(key).isNotEqualTo(other).doesNotHaveSameHashCodeAs(other);
    }

    private static byte[] signature(byte[] r, BigInteger s) {
        byte[] signature = Arrays.copyOf(r, 64);
        byte[] bigEndian = s.toByteArray();
        for (int i = 0; i < bigEndian.length; i++) {
            signature[32 + i] = bigEndian[bigEndian.length - 1 - i];
        }
        return signature;
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, bigEndian);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
