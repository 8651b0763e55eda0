package io.plabble.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.testsupport.fuzz.FuzzRunner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The seeds of the fuzz targets, each as a test: a session or a documented error, nothing left, without much memory. */
class FuzzSeedsTest {
    private static final int FEWEST_SEEDS = 100;

    @ParameterizedTest
    @EnumSource
    void everySeedHasAnOutcome(ClientTarget target) {
        FuzzRunner runner = new FuzzRunner(target);
        assertThat(target.seeds()).hasSizeGreaterThanOrEqualTo(FEWEST_SEEDS).allSatisfy(runner::accept);
    }
}
