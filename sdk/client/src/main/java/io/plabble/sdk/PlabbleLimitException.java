package io.plabble.sdk;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;

/**
 * A limit that this end was set to keeps it from running out of memory: reason {@code too-many-requests} for a request beyond
 * those in flight or the bytes that wait to be written, which has not been sent, and {@code subscriber-overflow} for a subscriber slower than its updates. The
 * session goes on.
 */
public final class PlabbleLimitException extends PlabbleException {
    private static final long serialVersionUID = 1L;

    public PlabbleLimitException(Reason reason, String message) {
        super(reason, message, null);
    }
}
