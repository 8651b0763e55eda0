package io.plabble.sdk.internal;

import io.plabble.protocol.PlabbleConfigurationException;
import org.jspecify.annotations.Nullable;

/** What callers hand over. */
public final class Arguments {
    private Arguments() {}

    /** @throws PlabbleConfigurationException for null */
    public static <T> T required(String what, @Nullable T value) {
        if (value == null) {
            throw new PlabbleConfigurationException(what + ": must not be null");
        }
        return value;
    }
}
