package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PlabbleConfigurationException;
import java.util.List;
import java.util.function.ToIntFunction;

/** Adds up the lengths of a body's parts without overflowing. */
final class Lengths {
    private Lengths() {}

    static <T> int sum(List<T> parts, ToIntFunction<T> length) {
        long sum = 0;
        for (T part : parts) {
            sum += length.applyAsInt(part);
        }
        if (sum > Integer.MAX_VALUE) {
            throw new PlabbleConfigurationException("content of " + sum + " bytes is more than any packet can hold");
        }
        return (int) sum;
    }
}
