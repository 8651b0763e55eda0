package io.plabble.sdk.benchmarks.suite;

import java.time.Duration;

/**
 * Runs a contender until it is compiled: thousands of operations, and until an operation has not become cheaper for a while. What a fresh JVM needs differs: bare
 * connections are there after seconds, BouncyCastle's arithmetic after twenty.
 */
final class WarmUp {
    private static final Duration STEP = Duration.ofSeconds(2);
    private static final long OPERATIONS = 5_000;
    private static final int STEADY_STEPS = 3;
    private static final double CHEAPER = 0.97;
    private static final int MOST_STEPS = 30;

    private WarmUp() {}

    static void run(Contender contender, int atATime) {
        long operations = 0;
        int steady = 0;
        double cheapest = Double.MAX_VALUE;
        for (int step = 0; step < MOST_STEPS && (operations < OPERATIONS || steady < STEADY_STEPS); step++) {
            var measured = contender.measure(atATime, STEP);
            operations += measured.operations();
            steady = measured.cpuMicros() > cheapest * CHEAPER ? steady + 1 : 0;
            cheapest = Math.min(cheapest, measured.cpuMicros());
        }
    }
}
