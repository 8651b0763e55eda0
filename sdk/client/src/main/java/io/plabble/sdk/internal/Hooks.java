package io.plabble.sdk.internal;

import io.plabble.sdk.ConnectProgress;
import io.plabble.sdk.Instrumentation;
import io.plabble.sdk.WirePacket;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who hears of what happens; immutable.
 *
 * @param onStep each step of connecting
 * @param onPacket each packet
 * @param instrumentation connects, requests and sessions
 */
public record Hooks(
        Consumer<? super ConnectProgress> onStep,
        Optional<Consumer<? super WirePacket>> onPacket,
        Optional<Instrumentation> instrumentation) {
    static final Hooks NONE = new Hooks(progress -> {}, Optional.empty(), Optional.empty());

    /** The listeners are told in the order in which they were given. */
    public Hooks withOnStep(Consumer<? super ConnectProgress> next) {
        return new Hooks(both(onStep, next), onPacket, instrumentation);
    }

    /** As {@link #withOnStep}. */
    public Hooks withOnPacket(Consumer<? super WirePacket> next) {
        return new Hooks(
                onStep,
                Optional.of(onPacket.<Consumer<? super WirePacket>>map(first -> both(first, next))
                        .orElse(next)),
                instrumentation);
    }

    /** Instead of an earlier one. */
    public Hooks withInstrumentation(Instrumentation chosen) {
        return new Hooks(onStep, onPacket, Optional.of(chosen));
    }

    private static <T> Consumer<T> both(Consumer<? super T> first, Consumer<? super T> next) {
        return heard -> {
            first.accept(heard);
            next.accept(heard);
        };
    }
}
