package io.plabble.sdk;

import java.time.Duration;
import java.util.Random;

/** Lets the test's thread do something at about the time at which another passes a certain point. */
final class Race {
    private static final long BOUND_NANOS = Duration.ofSeconds(20).toNanos();

    private final Random random = new Random(42);
    private volatile boolean passed;

    /** The other thread is there; it is not held up. */
    void pass() {
        passed = true;
    }

    /** What has passed so far does not count. */
    void reset() {
        passed = false;
    }

    /** Waits for the other thread, awake, then for anything up to so many nanoseconds. */
    void join(int longest) {
        long begin = System.nanoTime();
        while (!passed) {
            if (System.nanoTime() - begin > BOUND_NANOS) {
                throw new AssertionError("nobody has passed");
            }
            Thread.onSpinWait();
        }
        passed = false;
        long end = System.nanoTime() + random.nextInt(longest);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
