package io.plabble.sdk;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;

/** A request was not answered within its deadline. It may still be carried out, and the session goes on. */
public final class PlabbleTimeoutException extends PlabbleException {
    private static final long serialVersionUID = 1L;

    public PlabbleTimeoutException(String message) {
        super(Reason.TIMEOUT, message, null);
    }
}
