package io.plabble.protocol;

import org.jspecify.annotations.Nullable;

/** Malformed, truncated, oversized or out-of-place bytes, or a failed authentication tag. It ends the connection. */
public final class PlabbleProtocolException extends PlabbleException {
    private static final long serialVersionUID = 1L;

    public PlabbleProtocolException(Reason reason, String message) {
        this(reason, message, null);
    }

    public PlabbleProtocolException(Reason reason, String message, @Nullable Throwable cause) {
        super(reason, message, cause);
    }

    /** Bytes that break the protocol's form. */
    public static PlabbleProtocolException malformed(String message) {
        return new PlabbleProtocolException(Reason.MALFORMED, message);
    }
}
