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

    protected PlabbleException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Why, by one of the stable names of §11 of the protocol page. */
    public final Reason reason() {
        return reason;
    }
}
