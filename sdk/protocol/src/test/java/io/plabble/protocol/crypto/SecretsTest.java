package io.plabble.protocol.crypto;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plabble.protocol.Reason;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.crypto.SessionRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets hide themselves, hand out copies and can be erased. */
class SecretsTest {
    private static final byte[] SECRET = filled(0x5a);
    private static final String SECRET_HEX = HexFormat.of().formatHex(SECRET);

    @Test
    void noSecretShowsItself() {
        assertThat(SharedSecret.of(SECRET)).hasToString("SharedSecret[redacted]");
        assertThat(SessionKeyPair.ofPrivateKey(SECRET)).hasToString("SessionKeyPair[redacted]");
        IdentityKeyPair identity = IdentityKeyPair.ofSeed(SECRET);
        assertThat(identity)
                .hasToString("IdentityKeyPair[publicKey=" + identity.publicKey() + "]")
                .asString()
                .doesNotContain(SECRET_HEX);
    }

    @Test
    void aSharedSecretIsCopiedInAndOut() {
        byte[] given = SECRET.clone();
        SharedSecret secret = SharedSecret.of(given);
        given[0] = 0;
        secret.copy()[0] = 0;

        assertThat(secret.copy()).isEqualTo(SECRET);
    }

    @Test
    void aSharedSecretIsErasedButForItsFingerprint() {
        SharedSecret secret = SharedSecret.of(SECRET);
        String fingerprint = secret.fingerprint();
        assertThat(secret.isDestroyed()).isFalse();

        secret.destroy();

        assertThat(secret.isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(secret::copy);
        assertErased(secret, "secret.bytes");
        assertThat(secret.fingerprint()).isEqualTo(fingerprint).hasSize(64).doesNotContain(SECRET_HEX);
    }

    @Test
    void theFingerprintIsSha256() {
        assertThat(SharedSecret.of(new byte[32]).fingerprint())
                .isEqualTo("66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void secretsOfAnotherLengthAreRefused(int length) {
        assertRefused(Reason.CONFIGURATION, () -> SharedSecret.of(new byte[length]));
        assertRefused(Reason.CONFIGURATION, () -> IdentityKeyPair.ofSeed(new byte[length]))
                .hasMessageContaining(length + " bytes");
    }

    @Test
    void noSecretIsRefused() {
        assertRefused(Reason.CONFIGURATION, () -> SharedSecret.of(null));
        assertRefused(Reason.CONFIGURATION, () -> IdentityKeyPair.ofSeed(null)).hasMessageContaining("null");
    }

    @Test
    void anIdentityKeyPairIsCopiedInAndOutAndErased() throws Exception {
        byte[] given = SECRET.clone();
        IdentityKeyPair identity = IdentityKeyPair.ofSeed(given);
        given[0] = 0;
        identity.seed()[0] = 0;
        assertThat(identity.seed()).isEqualTo(SECRET);
        assertThat(identity.isDestroyed()).isFalse();

        identity.destroy();

        assertThat(identity.isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(identity::seed);
        assertThatIllegalStateException().isThrownBy(() -> identity.sign(new byte[1]));
        assertErased(identity, "seed.bytes");
        assertThat(identity.publicKey())
                .isEqualTo(IdentityKeyPair.ofSeed(SECRET).publicKey());
    }

    @Test
    void aSessionKeyPairIsCopiedInAndOutAndErased() throws Exception {
        byte[] given = SECRET.clone();
        SessionKeyPair pair = SessionKeyPair.ofPrivateKey(given);
        byte[] publicKey = pair.publicKey();
        given[0] = 0;
        pair.publicKey()[0] ^= 1;
        assertThat(pair.publicKey()).isEqualTo(publicKey);
        assertThat(pair.agree(publicKey)).isPresent();
        assertThat(pair.isDestroyed()).isFalse();

        pair.destroy();

        assertThat(pair.isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> pair.agree(publicKey));
        assertErased(pair, "privateKey.bytes");
    }

    @Test
    void everyNewKeyPairIsAnotherOne() {
        assertThat(IdentityKeyPair.generate().publicKey())
                .isNotEqualTo(IdentityKeyPair.generate().publicKey());
        assertThat(SessionKeyPair.generate(SessionRandom.seeded()).publicKey())
                .isNotEqualTo(SessionKeyPair.generate(SessionRandom.seeded()).publicKey());
    }

    @Test
    void bothEndsAgreeOnTheSameSecret() {
        SessionKeyPair client = SessionKeyPair.generate(SessionRandom.seeded());
        SessionKeyPair server = SessionKeyPair.generate(SessionRandom.seeded());

        assertThat(client.agree(server.publicKey()).orElseThrow().copy())
                .isEqualTo(server.agree(client.publicKey()).orElseThrow().copy());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p - 1
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" // p + 1
            })
    void noSecretComesOfALowOrderPoint(String hex) {
        SessionKeyPair own = SessionKeyPair.ofPrivateKey(SECRET);
        byte[] point = HexFormat.of().parseHex(hex);
        assertThat(own.agree(point)).isEmpty();

        point[31] |= (byte) 0x80; // X25519 ignores the topmost bit
        assertThat(own.agree(point)).isEmpty();
    }

    private static void assertErased(Object holder, String field) {
        assertThat(holder)
                .extracting(field, InstanceOfAssertFactories.BYTE_ARRAY)
                .containsOnly(0);
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
