package io.plabble.protocol;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketKeyTest {
    private static final String HEX = "5a".repeat(31) + "a5";
    private static final byte[] BYTES = HexFormat.of().parseHex(HEX);
    private static final String OTHER_HEX = "5a".repeat(32);

    @Test
    void aKeyIsReadAsItWasWritten() {
        assertThat(BucketKey.of(BYTES).copy()).isEqualTo(BYTES);
        assertThat(BucketKey.of(BYTES).hex()).isEqualTo(HEX);
        assertThat(BucketKey.ofHex(HEX)).isEqualTo(BucketKey.of(BYTES));
        assertThat(BucketKey.ofHex(HEX.toUpperCase(Locale.ROOT)).hex()).isEqualTo(HEX);
    }

    @Test
    void aKeyIsCopiedInAndOut() {
        byte[] given = BYTES.clone();
        BucketKey key = BucketKey.of(given);

        given[0] = 0;
        key.copy()[0] = 0;

        assertThat(key.copy()).isEqualTo(BYTES);
        assertThat(key).isEqualTo(BucketKey.of(BYTES)).hasSameHashCodeAs(BucketKey.of(BYTES));
    }

    @Test
    void keysAreEqualByTheirBytes() {
        assertThat(BucketKey.ofHex(HEX)).isEqualTo(BucketKey.ofHex(HEX)).hasSameHashCodeAs(BucketKey.ofHex(HEX));
        assertThat(BucketKey.ofHex(HEX))
                .isNotEqualTo(BucketKey.ofHex(OTHER_HEX))
                .isNotEqualTo(HEX);
        assertThat(BucketKey.ofHex(HEX)).doesNotHaveSameHashCodeAs(BucketKey.ofHex(OTHER_HEX));
    }

    @Test
    void aKeyDoesNotShowItself() {
        BucketId id = BucketId.of(new byte[BucketId.LENGTH]);

        assertThat(BucketKey.of(BYTES)).hasToString("BucketKey[redacted]");
        assertThat(new BucketCandidate(id, BucketKey.of(BYTES)))
                .hasToString("BucketCandidate[id=" + id + ", key=BucketKey[redacted]]");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = {0, 31, 33})
    void bytesOfAnotherLengthAreRefused(Integer length) {
        assertRefused(Reason.CONFIGURATION, () -> BucketKey.of(length == null ? null : new byte[length]))
                .hasMessageContaining("32 bytes");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5",
                "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a",
                "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a",
                "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5!"
            })
    void textThatIsNoKeyIsRefusedWithoutBeingShown(String hex) {
        assertRefused(Reason.CONFIGURATION, () -> BucketKey.ofHex(hex))
                .hasNoCause()
                .hasNoSuppressedExceptions()
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("5a", "!"));
    }

    @Test
    void aKeyThatWasErasedGivesNothingAway() {
        BucketKey key = BucketKey.of(BYTES);
        assertThat(key.isDestroyed()).isFalse();

        key.destroy();

        assertThat(key.isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(key::copy);
        assertThatIllegalStateException().isThrownBy(key::hex);
        assertThat(key).hasFieldOrPropertyWithValue("secret.bytes", new byte[BucketKey.LENGTH]);
    }

    @Test
    void keysThatWereErasedAreNotTakenForEachOther() {
        BucketKey key = BucketKey.ofHex(HEX);
        BucketKey other = BucketKey.ofHex(OTHER_HEX);
        BucketKey zero = BucketKey.of(new byte[BucketKey.LENGTH]);

        key.destroy();
        other.destroy();

        assertThat(key).isNotEqualTo(other).isNotEqualTo(zero);
    }
}
