package io.plabble.protocol;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlabbleTimestampTest {
    @Test
    void reachesFrom2020To2156() {
        assertThat(PlabbleTimestamp.MIN).hasToString("2020-01-01T00:00:00Z");
        assertThat(PlabbleTimestamp.MAX).hasToString("2156-02-07T06:28:15Z");
        assertThat(PlabbleTimestamp.MIN).isLessThan(PlabbleTimestamp.MAX);
    }

    @Test
    void isTheSecondThatTheInstantLiesIn() {
        assertThat(PlabbleTimestamp.of(Instant.parse("2020-01-01T00:00:00.999999999Z")))
                .isEqualTo(PlabbleTimestamp.MIN);
        assertThat(PlabbleTimestamp.of(Instant.parse("2156-02-07T06:28:15.999999999Z")))
                .isEqualTo(PlabbleTimestamp.MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2019-12-31T23:59:59.999999999Z",
                "2156-02-07T06:28:16Z",
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z"
            })
    void refusesInstantsOutside(String instant) {
        assertRefused(Reason.CONFIGURATION, () -> PlabbleTimestamp.of(Instant.parse(instant)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L, Long.MIN_VALUE, Long.MAX_VALUE})
    void refusesSecondsOutside(long seconds) {
        assertRefused(Reason.CONFIGURATION, () -> new PlabbleTimestamp(seconds));
    }
}
