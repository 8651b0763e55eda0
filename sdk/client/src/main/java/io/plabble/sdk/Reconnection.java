package io.plabble.sdk;

import io.plabble.protocol.PlabbleConfigurationException;
import java.time.Duration;

/**
 * How a lost session is made again: at once, and after each failure after a pause twice as long as the one before. A session that
 * was lost before it had lived for the longest pause counts as a failure as well, so that a server that takes connections and
 * drops them is not run down.
 *
 * @param maxRetries how many attempts may follow one that has failed, in a row; then nobody tries until somebody asks for a
 *     session. {@link Long#MAX_VALUE} for as many as it takes
 * @param firstPause before the second attempt; positive
 * @param longestPause no shorter than the first, at most a day
 * @param jitter how far a pause is varied at random, as a part of it: 0 to 1; it stays between the first and the longest
 */
public record Reconnection(long maxRetries, Duration firstPause, Duration longestPause, double jitter) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** 100 ms to 30 s, varied by half, 40 times: a server may be away for some ten minutes. */
    public static final Reconnection DEFAULT =
            new Reconnection(40, Duration.ofMillis(100), Duration.ofSeconds(30), 0.5);

    public Reconnection {
        require(maxRetries >= 0, "max retries: " + maxRetries + " is negative");
        require(
                firstPause != null && !firstPause.isNegative() && !firstPause.isZero(),
                "first pause: " + firstPause + " is not positive");
        require(
                longestPause != null && longestPause.compareTo(firstPause) >= 0 && longestPause.compareTo(LONGEST) <= 0,
                "longest pause: " + longestPause + " is shorter than the first, or above " + LONGEST);
        require(jitter >= 0 && jitter <= 1, "jitter: " + jitter + " is outside 0 to 1");
    }

    /** @param retries 0 or more */
    public Reconnection maxRetries(long retries) {
        return new Reconnection(retries, firstPause, longestPause, jitter);
    }

    public Reconnection pauses(Duration first, Duration longest) {
        return new Reconnection(maxRetries, first, longest, jitter);
    }

    /** @param part 0 to 1 */
    public Reconnection jitter(double part) {
        return new Reconnection(maxRetries, firstPause, longestPause, part);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new PlabbleConfigurationException("reconnection: " + otherwise);
        }
    }
}
