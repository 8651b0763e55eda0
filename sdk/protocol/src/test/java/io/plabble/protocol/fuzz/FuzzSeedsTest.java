package io.plabble.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.testsupport.fuzz.FuzzRunner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The seeds of the fuzz targets, each as a test: taken, or refused as documented, without much memory. */
class FuzzSeedsTest {
    private static final int FEWEST_SEEDS = 500;

    @ParameterizedTest
    @EnumSource
    void everySeedIsTakenOrRefused(ProtocolTarget target) {
        FuzzRunner runner = new FuzzRunner(target);
        target.seeds().forEach(runner::accept);
    }

    @ParameterizedTest
    @EnumSource
    void anyTargetTakesNothingAtAll(ProtocolTarget target) {
        target.accept(new byte[0]);
    }

    @Test
    void thereIsEnoughToBeginWith() {
        assertThat(Stream.of(ProtocolTarget.values()).flatMap(ProtocolTarget::seeds))
                .hasSizeGreaterThanOrEqualTo(FEWEST_SEEDS);
    }
}
