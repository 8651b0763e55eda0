package io.plabble.protocol.internal.packet;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.Reason;
import io.plabble.protocol.internal.frame.DynamicLength;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A body that no packet can hold is refused before it is made. */
class LengthsTest {
    @Test
    void addsUpToTheLargestInt() {
        assertThat(Lengths.sum(List.<Integer>of(), part -> part)).isZero();
        assertThat(Lengths.sum(List.of(Integer.MAX_VALUE - 1, 1), part -> part)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void refusesWhatOverflows() {
        assertRefused(Reason.CONFIGURATION, () -> Lengths.sum(List.of(Integer.MAX_VALUE, 1), part -> part))
                .hasMessageContaining("2147483648");
    }

    @Test
    void refusesOneContentBeyondWhatALengthCanSay() {
        assertThat(Contents.length(DynamicLength.MAX)).isEqualTo(DynamicLength.MAX + 4);
        assertRefused(Reason.CONFIGURATION, () -> Contents.length(DynamicLength.MAX + 1));
    }
}
