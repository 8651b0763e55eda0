package io.plabble.sdk.internal;

import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Where the event loop calls subscribers, whose code may throw. */
final class Signals {
    private Signals() {}

    /** What one subscriber throws is dropped, as Reactor has it: it must neither end the session nor keep others from hearing. */
    static void deliver(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable thrown) {
            Exceptions.throwIfJvmFatal(thrown);
            Operators.onErrorDropped(thrown, Context.empty());
        }
    }
}
