package io.plabble.sdk;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import org.jspecify.annotations.Nullable;

/** The session has ended and can do nothing more; connect again. */
public final class PlabbleSessionClosedException extends PlabbleException {
    private static final long serialVersionUID = 1L;

    /** Who ended it. */
    public enum Why {
        /** {@link PlabbleSession#close()} or {@link PlabbleSession#dispose()} of this end. */
        CLOSED_BY_US(Reason.SESSION_CLOSED),
        /** The peer closed or reset the connection. */
        CLOSED_BY_PEER(Reason.CONNECTION_CLOSED);

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
