package io.plabble.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A setting or an argument is wrong, or a callback given as a setting failed; nothing was sent, unless that was the clock or the step
 * listener while connecting.
 */
public final class PlabbleConfigurationException extends PlabbleException {
    private static final long serialVersionUID = 1L;

    public PlabbleConfigurationException(String message) {
        this(message, null);
    }

    public PlabbleConfigurationException(String message, @Nullable Throwable cause) {
        super(Reason.CONFIGURATION, message, cause);
    }
}
