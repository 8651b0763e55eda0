package io.plabble.sdk.internal;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests without an answer, by their counters. Event loop only. */
final class OpenRequests {
    /**
     * Of the golden ratio. Netty's map puts keys that follow one another into places that do, and to remove the oldest looks at all behind it; multiplied,
     * they are far apart. A LinkedHashMap of boxed keys takes 72 bytes and 0.4 µs more for each request.
     */
    private static final int SPREAD = 0x9e3779b1;

    private final IntObjectMap<PendingRequest> bySpreadCounter = new IntObjectHashMap<>();

    void put(int counter, PendingRequest request) {
        bySpreadCounter.put(counter * SPREAD, request);
    }

    @Nullable
    PendingRequest get(int counter) {
        return bySpreadCounter.get(counter * SPREAD);
    }

    void remove(int counter) {
        bySpreadCounter.remove(counter * SPREAD);
    }

    int size() {
        return bySpreadCounter.size();
    }

    /** Whether an answer is still waited for. */
    boolean areAwaited() {
        return bySpreadCounter.values().stream().anyMatch(PendingRequest::isWaitedFor);
    }

    /** All of them, the oldest first; none are left here. */
    List<PendingRequest> removeAll() {
        List<PendingRequest> all = bySpreadCounter.values().stream()
                .sorted(Comparator.comparingInt(PendingRequest::counter))
                .toList();
        bySpreadCounter.clear();
        return all;
    }
}
