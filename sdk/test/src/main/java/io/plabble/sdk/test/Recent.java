package io.plabble.sdk.test;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The last things that the server has seen: it may run for weeks. Added to by the event loop alone, asked by any thread. */
final class Recent<T> {
    static final int MOST = 10_000;

    private final Queue<T> kept = new ConcurrentLinkedQueue<>();
    private int size;

    void add(T seen) {
        kept.add(seen);
        if (++size > MOST) {
            kept.remove();
            size--;
        }
    }

    /** In the order in which they came. */
    List<T> list() {
        return List.copyOf(kept);
    }
}
