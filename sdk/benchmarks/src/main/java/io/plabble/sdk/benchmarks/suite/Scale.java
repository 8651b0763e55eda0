package io.plabble.sdk.benchmarks.suite;

import java.time.Duration;

/**
 * How much time the suite takes.
 *
 * @param rounds how often each is measured, in turns
 * @param time for each measurement
 * @param warmup the least for each process, before the first round
 * @param whole whether all settings are measured, or those only that targets speak of
 */
record Scale(int rounds, Duration time, Duration warmup, boolean whole) {
    private static final long WARM = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Ten minutes. */
    static final Scale SHORT = new Scale(3, Duration.ofMillis(1_200), Duration.ofSeconds(5), false);

    /** Twenty-five minutes. */
    static final Scale FULL = new Scale(5, Duration.ofMillis(1_500), Duration.ofSeconds(8), true);

    static Scale of(String name) {
        return switch (name) {
            case "short" -> SHORT;
            case "full" -> FULL;
            default -> throw new IllegalArgumentException(name + ": short or full");
        };
    }

    /** Thousands of operations, or a minute where they are slow. */
    boolean isWarm(long operations, Duration running) {
        return running.compareTo(warmup) >= 0 && (operations >= WARM || running.compareTo(PATIENCE) >= 0);
    }
}
