package io.plabble.protocol;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotRangeTest {
    @Test
    void whatIsLeftOpenGoesToTheBucketsEnd() {
        assertThat(SlotRange.all().first()).isZero();
        assertThat(SlotRange.all().last()).isEqualTo(65_535);
        assertThat(SlotRange.from(5).first()).isEqualTo(5);
        assertThat(SlotRange.from(5).last()).isEqualTo(65_535);
        assertThat(SlotRange.of(5, 9).first()).isEqualTo(5);
        assertThat(SlotRange.of(5, 9).last()).isEqualTo(9);
        assertThat(SlotRange.slot(5)).isEqualTo(SlotRange.of(5, 5));
    }

    @Test
    void rangesAreEqualAsTheyAreWritten() {
        assertThat(SlotRange.all()).isNotEqualTo(SlotRange.from(0)).isNotEqualTo(SlotRange.of(0, 65_535));
        assertThat(SlotRange.from(5)).isEqualTo(SlotRange.from(5)).isNotEqualTo(SlotRange.of(5, 65_535));
    }

    @Test
    void bothEndsAreInTheRange() {
        SlotRange range = SlotRange.of(5, 9);

        assertThat(range.contains(4)).isFalse();
        assertThat(range.contains(5)).isTrue();
        assertThat(range.contains(9)).isTrue();
        assertThat(range.contains(10)).isFalse();
        assertThat(SlotRange.all().contains(-1)).isFalse();
        assertThat(SlotRange.all().contains(65_535)).isTrue();
        assertThat(SlotRange.all().contains(65_536)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "all, all, true",
        "all, 0..65535, true",
        "0..65535, all, true",
        "0.., all, true",
        "all, 5..9, true",
        "5..9, all, false",
        "5..9, 5..9, true",
        "5..9, 6..8, true",
        "5..9, 4..9, false",
        "5..9, 5..10, false",
        "5..9, 5.., false",
        "5.., 5..9, true",
        "5..9, 20..30, false"
    })
    void oneRangeCoversAnotherIfItHoldsAllItsSlots(String one, String other, boolean covers) {
        assertThat(range(one).covers(range(other))).isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource({
        "all, 0.., all", // each as it is written
        "0.., all, 0..",
        "5..9, all, all",
        "all, 5..9, all",
        "5..9, 6..8, 5..9",
        "6..8, 5..9, 5..9",
        "5..9, 7..12, 5..12",
        "7..12, 5..9, 5..12",
        "5..9, 20..30, 5..30",
        "5..9, 4.., 4..",
        "5..9, 7.., 5..65535"
    })
    void theHullIsTheSmallestRangeThatCoversBoth(String one, String other, String hull) {
        assertThat(range(one).hull(range(other))).isEqualTo(range(hull)).hasToString(hull);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void noBucketHasOtherIndexes(int index) {
        assertRefused(Reason.CONFIGURATION, () -> SlotRange.from(index));
        assertRefused(Reason.CONFIGURATION, () -> SlotRange.slot(index));
        assertRefused(Reason.CONFIGURATION, () -> SlotRange.of(0, index));
        assertRefused(Reason.CONFIGURATION, () -> SlotRange.of(index, 65_535));
    }

    @Test
    void noRangeEndsBeforeItStartsOrWithoutAStart() {
        assertRefused(Reason.CONFIGURATION, () -> SlotRange.of(9, 5))
                .hasMessage("slot range: its end 5 is before its start 9");
        assertRefused(Reason.CONFIGURATION, () -> new SlotRange(OptionalInt.empty(), OptionalInt.of(5)))
                .hasMessage("slot range: its end 5 has no start");
        assertRefused(Reason.CONFIGURATION, () -> new SlotRange(null, OptionalInt.empty()));
        assertRefused(Reason.CONFIGURATION, () -> new SlotRange(OptionalInt.empty(), null));
    }

    /** What {@link SlotRange#toString} wrote. */
    private static SlotRange range(String text) {
        if (text.equals("all")) {
            return SlotRange.all();
        }
        String[] bounds = text.split("\\.\\.");
        int start = Integer.parseInt(bounds[0]);
        return bounds.length == 1 ? SlotRange.from(start) : SlotRange.of(start, Integer.parseInt(bounds[1]));
    }
}
