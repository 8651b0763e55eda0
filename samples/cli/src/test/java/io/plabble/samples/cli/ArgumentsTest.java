package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.SlotRange;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ArgumentsTest {
    @ParameterizedTest
    @CsvSource({"10s, PT10S", "500ms, PT0.5S", "2m, PT2M", "1h, PT1H", "PT10S, PT10S", "0s, PT0S"})
    void durationsAreShortOrIso(String text, Duration duration) {
        assertThat(Arguments.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "1.5s", "-1s", "10 s", "10S", "99999999999s"})
    void otherDurationsAreWrongUsage(String text) {
        assertThatThrownBy(() -> Arguments.duration(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("500ms");
    }

    @Test
    void rangesIncludeBothEnds() {
        assertThat(Arguments.range("5")).isEqualTo(SlotRange.slot(5));
        assertThat(Arguments.range("5..9")).isEqualTo(SlotRange.of(5, 9));
        assertThat(Arguments.range("5..")).isEqualTo(SlotRange.from(5));
        assertThat(Arguments.range("0..65535")).isEqualTo(SlotRange.of(0, 65_535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "..9", "a", "5...9", "5-9", "-1", "5..x", " 5"})
    void otherRangesAreWrongUsage(String text) {
        assertThatThrownBy(() -> Arguments.range(text)).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void instantsAreIso() {
        assertThat(Arguments.instant("2026-11-25T12:00:00Z")).hasToString("2026-11-25T12:00:00Z");
        assertThatThrownBy(() -> Arguments.instant("yesterday")).isInstanceOf(TypeConversionException.class);
    }
}
