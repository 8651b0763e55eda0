package io.plabble.sdk;

import io.plabble.protocol.PlabbleConfigurationException;
import java.time.Duration;
import java.util.Objects;

/**
 * How TCP finds out that a path is dead on which nothing is sent (RFC 9293, 3.8.4): after {@code idle} without a byte from the
 * peer it asks, then every {@code interval}, and after {@code count} questions without an answer the connection is reset. So a
 * dead path is noticed after {@link #patience()} at the latest.
 *
 * <p>On Linux with the epoll transport the patience also bounds how long bytes that were sent may stay unacknowledged
 * ({@code TCP_USER_TIMEOUT}, RFC 5482), which keep-alive alone does not.
 *
 * @param idle whole seconds, 1 to 32,767
 * @param interval whole seconds, 1 to 32,767
 * @param count 1 to 127
 */
public record KeepAlive(Duration idle, Duration interval, int count) {
    /** 30 s idle, then every 10 s, 3 times: a dead path is noticed within a minute, below the idle limits of most middleboxes. */
    public static final KeepAlive DEFAULT = new KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(10), 3);

    private static final int LONGEST_SECONDS = 32_767;
    private static final int MOST = 127;

    public KeepAlive {
        requireSeconds("idle", idle);
        requireSeconds("interval", interval);
        if (count < 1 || count > MOST) {
            throw new PlabbleConfigurationException("keep-alive count: " + count + " is outside 1 to " + MOST);
        }
    }

    /** After how long a dead path is noticed: {@code idle + count × interval}. */
    public Duration patience() {
        return Duration.ofSeconds(idle.toSeconds() + count * interval.toSeconds());
    }

    private static void requireSeconds(String what, Duration time) {
        Objects.requireNonNull(time, "keep-alive " + what);
        if (time.toNanosPart() != 0 || time.toSeconds() < 1 || time.toSeconds() > LONGEST_SECONDS) {
            throw new PlabbleConfigurationException(
                    "keep-alive " + what + ": " + time + " is not whole seconds from 1 to " + LONGEST_SECONDS);
        }
    }
}
