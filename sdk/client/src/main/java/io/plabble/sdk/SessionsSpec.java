package io.plabble.sdk;

import io.plabble.protocol.PlabbleConfigurationException;
import java.time.Duration;

/**
 * How {@link PlabbleSessions} keep a session; immutable.
 *
 * <pre>{@code
 * client.sessions(SessionsSpec.DEFAULT.waitTimeout(Duration.ofSeconds(3)).renewAt(0.2));
 * }</pre>
 *
 * @param renewAt the part of its 65,535 counters with which a session is replaced, above 0 and at most a half
 * @param waitTimeout how long somebody waits for a session, and within which a request may be begun again
 * @param reconnection what happens when a session is lost
 */
public record SessionsSpec(double renewAt, Duration waitTimeout, Reconnection reconnection) {
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** A tenth, 10 s, and {@link Reconnection#DEFAULT}. */
    public static final SessionsSpec DEFAULT = new SessionsSpec(0.1, Duration.ofSeconds(10), Reconnection.DEFAULT);

    /** @throws PlabbleConfigurationException for what cannot be right */
    public SessionsSpec {
        require(renewAt > 0 && renewAt <= 0.5, "renew at: " + renewAt + " is not above 0 and at most 0.5");
        require(
                waitTimeout != null
                        && !waitTimeout.isNegative()
                        && !waitTimeout.isZero()
                        && waitTimeout.compareTo(LONGEST_WAIT) <= 0,
                "wait timeout: " + waitTimeout + " is not positive, or above " + LONGEST_WAIT);
        require(reconnection != null, "reconnection: must not be null");
    }

    /** @param part above 0 and at most 0.5 */
    public SessionsSpec renewAt(double part) {
        return new SessionsSpec(part, waitTimeout, reconnection);
    }

    /** @param timeout positive, at most a day */
    public SessionsSpec waitTimeout(Duration timeout) {
        return new SessionsSpec(renewAt, timeout, reconnection);
    }

    /** As {@link Reconnection} says. */
    public SessionsSpec reconnection(Reconnection how) {
        return new SessionsSpec(renewAt, waitTimeout, how);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new PlabbleConfigurationException("sessions: " + otherwise);
        }
    }
}
