package io.plabble.sdk;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import org.jspecify.annotations.Nullable;

/**
 * No session came about because of the network or the deadline: reasons {@code unknown-host}, {@code connection-refused},
 * {@code connection-failed}, {@code connection-closed} and {@code timeout}.
 */
public final class PlabbleConnectException extends PlabbleException {
    private static final long serialVersionUID = 1L;

    public PlabbleConnectException(Reason reason, String message, @Nullable Throwable cause) {
        super(reason, message, cause);
    }
}
