package io.plabble.sdk.internal;

import io.plabble.protocol.PlabbleConfigurationException;
import java.util.function.Supplier;

/** Calls the caller's own code while connecting. */
final class Callbacks {
    private Callbacks() {}

    /** @throws PlabbleConfigurationException for what the code throws, or a null: they are faults of the settings */
    static <T> T call(String what, Supplier<T> code) {
        T result;
        try {
            result = code.get();
        } catch (PlabbleConfigurationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PlabbleConfigurationException(what + " failed: " + e, e);
        }
        if (result == null) {
            throw new PlabbleConfigurationException(what + " returned null");
        }
        return result;
    }
}
