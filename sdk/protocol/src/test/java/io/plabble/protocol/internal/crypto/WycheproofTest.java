package io.plabble.protocol.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.crypto.WycheproofFile.Case;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The primitives that production uses, against the vectors of Project Wycheproof. Every case has one outcome, by its verdict
 * and its flags; one of a new kind fails.
 */
class WycheproofTest {
    /** The header of a SubjectPublicKeyInfo (RFC 8410 §4), before the 32 bytes of the key. */
    private static final int DER_HEADER = 12;

    @Test
    void x25519AgreesOnThatSecretOrOnNone() {
        WycheproofFile.forEachCase("x25519_test.json", vector -> {
            Optional<byte[]> secret = SessionKeyPair.ofPrivateKey(vector.bytes("private"))
                    .agree(vector.bytes("public"))
                    .map(SharedSecret::copy);

            assertThat(secret.isPresent()).as("%s", vector).isEqualTo(givesASecret(vector));
            assertThat(secret.orElse(new byte[SharedSecret.LENGTH]))
                    .as("%s", vector)
                    .isEqualTo(vector.bytes("shared"));
        });
    }

    private static boolean givesASecret(Case vector) {
        return switch (vector.result()) {
            case "valid" -> true;
            case "acceptable" -> {
                if (vector.flags().contains("ZeroSharedSecret")) {
                    yield false; // D5
                }
                if (vector.flags().contains("Twist") || vector.flags().contains("NonCanonicalPublic")) {
                    yield true; // RFC 7748 §5 and §6: every 32 bytes are a public key, and y does not matter
                }
                throw vector.unaccounted();
            }
            default -> throw vector.unaccounted();
        };
    }

    @Test
    void ed25519VerifiesNoOtherSignature() {
        WycheproofFile.forEachCase("ed25519_test.json", vector -> {
            Optional<Ed25519PublicKey> key =
                    Ed25519PublicKey.decode(vector.group().bytes("publicKeyDer"), DER_HEADER);

            assertThat(key).as("%s", vector).isPresent(); // none of them is a key that D15 refuses
            assertThat(key.orElseThrow().verifies(vector.bytes("msg"), vector.bytes("sig")))
                    .as("%s", vector)
                    .isEqualTo(isValid(vector));
        });
    }

    @ParameterizedTest
    @EnumSource
    void chaCha20Poly1305SealsThatAndOpensNothingElse(AeadOf aead) {
        WycheproofFile.forEachCase("chacha20_poly1305_test.json", vector -> {
            if (isValid(vector)) {
                assertThat(seal(aead, vector)).as("%s", vector).isEqualTo(sealed(vector));
                assertThat(open(aead, vector)).as("%s", vector).contains(vector.bytes("msg"));
            } else if (vector.flags().equals(List.of("ModifiedTag"))) {
                assertThat(seal(aead, vector)).as("%s", vector).isNotEqualTo(sealed(vector));
                assertThat(open(aead, vector)).as("%s", vector).isEmpty();
            } else if (vector.flags().equals(List.of("InvalidNonceSize"))) {
                assertRefusesTheNonce(vector, () -> seal(aead, vector));
                if (sealed(vector).length < ChaCha20Poly1305Aead.TAG_LENGTH) {
                    assertThat(open(aead, vector)).as("%s", vector).isEmpty(); // whatever the nonce, for want of a tag
                } else {
                    assertRefusesTheNonce(vector, () -> open(aead, vector));
                }
            } else {
                throw vector.unaccounted();
            }
        });
    }

    private static void assertRefusesTheNonce(Case vector, ThrowingCallable call) {
        assertThatIllegalArgumentException()
                .as("%s", vector)
                .isThrownBy(call)
                .withMessageContaining("Nonce must be 96 bits");
    }

    private static byte[] seal(AeadOf aead, Case vector) {
        return aead.seal(vector.bytes("key"), vector.bytes("iv"), vector.bytes("aad"), vector.bytes("msg"));
    }

    private static Optional<byte[]> open(AeadOf aead, Case vector) {
        return aead.open(vector.bytes("key"), vector.bytes("iv"), vector.bytes("aad"), sealed(vector), 0);
    }

    private static byte[] sealed(Case vector) {
        byte[] ciphertext = vector.bytes("ct");
        byte[] tag = vector.bytes("tag");
        byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
        System.arraycopy(tag, 0, sealed, ciphertext.length, tag.length);
        return sealed;
    }

    @Test
    void hkdfSha256ExpandsToThoseBytes() {
        WycheproofFile.forEachCase("hkdf_sha256_test.json", vector -> {
            HkdfSha256 hkdf = HkdfSha256.extract(vector.bytes("salt"), vector.bytes("ikm"));
            byte[] info = vector.bytes("info");
            int size = vector.test().integer("size");

            if (isValid(vector)) {
                assertThat(hkdf.expand(info, size)).as("%s", vector).isEqualTo(vector.bytes("okm"));
            } else if (vector.flags().equals(List.of("SizeTooLarge"))) {
                assertThatIllegalArgumentException().as("%s", vector).isThrownBy(() -> hkdf.expand(info, size));
            } else {
                throw vector.unaccounted();
            }
        });
    }

    /** For files that leave nothing to choose. */
    private static boolean isValid(Case vector) {
        return switch (vector.result()) {
            case "valid" -> true;
            case "invalid" -> false;
            default -> throw vector.unaccounted();
        };
    }
}
