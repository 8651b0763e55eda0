package io.plabble.protocol;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketIdTest {
    private static final String HEX = "000102030405060708090a0b0c0d1efc";
    private static final byte[] BYTES = HexFormat.of().parseHex(HEX);
    private static final int RANDOM_BITS = 14 * 8 + 2;

    @Test
    void anIdIsReadAsItWasWritten() {
        assertThat(BucketId.of(BYTES).bytes()).isEqualTo(BYTES);
        assertThat(BucketId.ofHex(HEX)).isEqualTo(BucketId.of(BYTES)).hasToString(HEX);
        assertThat(BucketId.ofHex(HEX.toUpperCase(Locale.ROOT))).hasToString(HEX);
    }

    @Test
    void anIdIsCopiedInAndOut() {
        byte[] given = BYTES.clone();
        BucketId id = BucketId.of(given);

        given[0] = 99;
        id.bytes()[0] = 99;
        id.permissions().clear();

        assertThat(id.bytes()).isEqualTo(BYTES);
        assertThat(id.permissions()).containsExactly(Permission.values());
    }

    @Test
    void idsAreEqualByTheirBytes() {
        BucketId id = BucketId.of(BYTES);
        byte[] other = BYTES.clone();
        other[15] ^= 1; // a random bit among the permissions

        assertThat(id).isEqualTo(BucketId.of(BYTES)).hasSameHashCodeAs(BucketId.of(BYTES));
        assertThat(id).isNotEqualTo(BucketId.of(other)).isNotEqualTo(HEX).doesNotHaveSameHashCodeAs(BucketId.of(other));
        assertThat(id.permissions()).isEqualTo(BucketId.of(other).permissions());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = {0, 15, 17})
    void bytesOfAnotherLengthAreRefused(Integer length) {
        assertRefused(Reason.CONFIGURATION, () -> BucketId.of(length == null ? null : new byte[length]))
                .hasMessageContaining("16");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                "000102030405060708090a0b0c0d1ef",
                "000102030405060708090a0b0c0d1e",
                "000102030405060708090a0b0c0d1efcff",
                "000102030405060708090a0b0c0d1efg",
                " 00102030405060708090a0b0c0d1efc"
            })
    void textThatIsNoIdIsRefused(String hex) {
        assertRefused(Reason.CONFIGURATION, () -> BucketId.ofHex(hex));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255})
    void aNewIdLivesAsLongAsItIsTold(int lifetimeDays) {
        assertThat(BucketId.generate(lifetimeDays, Set.of()).lifetimeDays()).isEqualTo(lifetimeDays);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 256, Integer.MAX_VALUE})
    void noIdLivesLongerThanAByteSays(int lifetimeDays) {
        assertRefused(Reason.CONFIGURATION, () -> BucketId.generate(lifetimeDays, Set.of()))
                .hasMessageContaining(String.valueOf(lifetimeDays));
    }

    @ParameterizedTest
    @EnumSource
    void aNewIdAllowsWhatItIsToldAndNothingElse(Permission permission) {
        Set<Permission> others = EnumSet.complementOf(EnumSet.of(permission));

        assertThat(BucketId.generate(1, Set.of(permission)).permissions()).containsExactly(permission);
        assertThat(BucketId.generate(1, others).permissions()).isEqualTo(others);
        assertThat(BucketId.generate(1, others).allows(permission)).isFalse();
    }

    @Test
    void noIdIsMadeOfNoPermissionsAtAll() {
        assertRefused(Reason.CONFIGURATION, () -> BucketId.generate(0, null));
    }

    @Test
    void everyOtherBitOfANewIdIsRandom() {
        BitSet everSet = new BitSet();
        BitSet everClear = new BitSet();
        for (int round = 0; round < 200; round++) { // enough that a bit which never changes is no accident
            BitSet id = BitSet.valueOf(BucketId.generate(0, Set.of()).bytes());
            everSet.or(id);
            id.flip(0, BucketId.LENGTH * 8);
            everClear.or(id);
        }
        everSet.and(everClear);

        assertThat(everSet.cardinality()).isEqualTo(RANDOM_BITS);
    }
}
