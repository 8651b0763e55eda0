package io.plabble.sdk.internal;

import io.plabble.sdk.ConnectProgress;
import io.plabble.sdk.WirePacket;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who hears of what happens; immutable.
 *
 * @param onStep each step of connecting
 * @param onPacket each packet
 */
public record Hooks(Consumer<? super ConnectProgress> onStep, Optional<Consumer<? super WirePacket>> onPacket) {
    static final Hooks NONE = new Hooks(progress -> {}, Optional.empty());

    /** The listeners are told in the order in which they were given. */
    public Hooks withOnStep(Consumer<? super ConnectProgress> next) {
        return new Hooks(both(onStep, next), onPacket);
    }

    /** As {@link #withOnStep}. */
    public Hooks withOnPacket(Consumer<? super WirePacket> next) {
        return new Hooks(onStep, Optional.of(onPacket.<Consumer<? super WirePacket>>map(first -> both(first, next)).orElse(next)));
    }

    private static <T> Consumer<T> both(Consumer<? super T> first, Consumer<? super T> next) {
        return heard -> {
            first.accept(heard);
            next.accept(heard);
        };
    }
}
