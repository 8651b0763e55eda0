package io.plabble.sdk.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What passes a {@link FaultPoint} of one connection, in order. {@link Fault#hold} stops it, and all that comes after, until it
 * is released. Used on the event loop only.
 */
final class Gate<T> {
    private final Function<T, @Nullable Fault> fault;
    private final BiConsumer<T, @Nullable Fault> passage;
    private final Deque<T> held = new ArrayDeque<>();

    /**
     * @param fault what goes wrong with the next
     * @param passage what happens to what passes, with this fault
     */
    Gate(Function<T, @Nullable Fault> fault, BiConsumer<T, @Nullable Fault> passage) {
        this.fault = fault;
        this.passage = passage;
    }

    void enter(T next) {
        enter(next, () -> {});
    }

    /** @param settled run when it is settled what happens to it, and before that happens */
    void enter(T next, Runnable settled) {
        boolean queued = !held.isEmpty(); // then its fault is looked up when it is its turn
        @Nullable Fault now = queued ? null : fault.apply(next);
        settled.run();
        if (queued || now instanceof Fault.Hold) {
            held.add(next);
        } else {
            passage.accept(next, now);
        }
    }

    /** Lets go on what was held; only the first had come to its fault. */
    void release() {
        if (held.isEmpty()) {
            return;
        }
        List<T> released = List.copyOf(held);
        held.clear();
        passage.accept(released.get(0), null);
        released.subList(1, released.size()).forEach(this::enter);
    }

    void clear() {
        held.clear();
    }
}
