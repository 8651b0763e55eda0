package io.plabble.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything this SDK signals. The message says what happened, with whom, at which step, and what to do; it
 * never holds a key, and what a peer wrote appears in it escaped.
 */
public abstract class PlabbleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String message;
    private @Nullable String place;

    protected PlabbleException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = Objects.requireNonNull(message, "message");
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Why, by one of the stable names of §11 of the protocol page. */
    public final Reason reason() {
        return reason;
    }

    /** Not API: says where it happened, once known; the first to know wins. */
    public final PlabbleException locate(String where) {
        if (place == null) {
            place = where;
        }
        return this;
    }

    /** What happened, after where it happened. */
    @Override
    public final String getMessage() {
        return place == null ? message : place + ": " + message;
    }
}
