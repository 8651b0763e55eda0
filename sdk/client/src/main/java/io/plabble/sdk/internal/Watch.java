package io.plabble.sdk.internal;

import io.plabble.protocol.PlabbleException;
import io.plabble.sdk.Instrumentation.Observed;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * Tells the caller's instrumentation how one connect or one request ends: of the first end only, from any thread, since a cancel
 * may come at the same time as an answer, and the answer after a deadline.
 */
final class Watch {
    /** Nobody listens. */
    static final Watch NONE = new Watch(null);

    private final AtomicReference<@Nullable Observed> listener;

    Watch(@Nullable Observed listener) {
        this.listener = new AtomicReference<>(listener);
    }

    Context context(Context subscriber) {
        Observed told = listener.get();
        return told == null
                ? subscriber
                : Signals.ask(
                        () -> Arguments.required("the instrumentation's context", told.context(subscriber)),
                        subscriber);
    }

    void succeeded() {
        Observed told = take();
        if (told != null) {
            Signals.deliver(told::succeeded);
        }
    }

    void failed(PlabbleException error) {
        Observed told = take();
        if (told != null) {
            Signals.deliver(() -> told.failed(error));
        }
    }

    void cancelled() {
        Observed told = take();
        if (told != null) {
            Signals.deliver(told::cancelled);
        }
    }

    /** Reads before it writes, because everybody shares the one to which nobody listens. */
    private @Nullable Observed take() {
        return listener.get() == null ? null : listener.getAndSet(null);
    }
}
