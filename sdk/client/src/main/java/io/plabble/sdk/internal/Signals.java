package io.plabble.sdk.internal;

import java.util.function.Supplier;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Where the SDK calls subscribers and listeners, whose code may throw. */
public final class Signals {
    private Signals() {}

    /** What one subscriber throws is dropped, as Reactor has it: it must neither end the session nor keep others from hearing. */
    public static void deliver(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable thrown) {
            drop(thrown);
        }
    }

    /** As {@link #deliver}, where something is to come back. */
    static <T> T ask(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (Throwable thrown) {
            drop(thrown);
            return otherwise;
        }
    }

    /** A class that the listener misses is its own affair as well, though Reactor takes every LinkageError for the JVM's. */
    private static void drop(Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal) {
            throw fatal;
        }
        Operators.onErrorDropped(thrown, Context.empty());
    }
}
