package io.plabble.sdk;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The session has ended, or is about to, and takes no more requests; connect again. {@link #requestWritten()} tells whether a
 * request that was waiting may have been carried out.
 */
public final class PlabbleSessionClosedException extends PlabbleException {
    private static final long serialVersionUID = 1L;

    /** Who ended it. */
    public enum Why {
        /** {@link PlabbleSession#close()} or {@link PlabbleSession#dispose()} of this end. */
        CLOSED_BY_US(Reason.SESSION_CLOSED),
        /** The peer closed or reset the connection, if only its direction of it: there is no half of a session. */
        CLOSED_BY_PEER(Reason.CONNECTION_CLOSED),
        /** The server answered no probe; see {@link PlabbleClient#probe}. */
        UNRESPONSIVE(Reason.TIMEOUT),
        /** The 65,535 counters of one of the ends are used up (D10). */
        COUNTER_EXHAUSTED(Reason.COUNTER_EXHAUSTED);

        private final Reason reason;

        Why(Reason reason) {
            this.reason = reason;
        }
    }

    private final Why why;

    public PlabbleSessionClosedException(Why why, String message, @Nullable Throwable cause) {
        super(why.reason, message, cause);
        this.why = why;
    }

    /** Who ended the session. */
    public Why why() {
        return why;
    }
}
