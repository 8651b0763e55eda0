package io.plabble.sdk.benchmarks.suite;

import java.time.Duration;

/**
 * How much time the suite takes.
 *
 * @param rounds how often each is measured, in turns
 * @param time for each measurement
 * @param whole whether everything is measured, or only what targets speak of
 */
record Scale(int rounds, Duration time, boolean whole) {
    /** Twelve minutes. */
    static final Scale SHORT = new Scale(3, Duration.ofMillis(1_200), false);

    /** Half an hour. */
    static final Scale FULL = new Scale(5, Duration.ofMillis(1_200), true);

    static Scale of(String name) {
        return switch (name) {
            case "short" -> SHORT;
            case "full" -> FULL;
            default -> throw new IllegalArgumentException(name + ": short or full");
        };
    }
}
