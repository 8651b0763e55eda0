package io.plabble.sdk;

import io.plabble.protocol.PlabbleException;
import java.util.Optional;

/**
 * Where {@link PlabbleSessions} are.
 *
 * @param failure what has gone wrong last, until there is a new session: why the session was lost, or why no other came about
 */
public record SessionsState(Phase phase, Optional<PlabbleException> failure) {
    /** In the order of a life. */
    public enum Phase {
        /** Nobody has asked for a session yet. */
        IDLE,
        /** There is no session, and one is being connected. */
        CONNECTING,
        /** There is a session. */
        CONNECTED,
        /** There is a session with few counters left, and its successor is being connected. */
        RENEWING,
        /**
         * There is no session: it was lost, or could not be connected. The next attempt follows after a pause, or when somebody
         * asks.
         */
        LOST,
        /** This end has closed. */
        CLOSED
    }

    /** Whether there is a session. */
    public boolean isUp() {
        return phase == Phase.CONNECTED || phase == Phase.RENEWING;
    }
}
