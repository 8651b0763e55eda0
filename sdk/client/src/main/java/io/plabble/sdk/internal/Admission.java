package io.plabble.sdk.internal;

import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleLimitException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what a stalled server can make this end hold: requests without an answer, and bytes not yet written. Requests are
 * admitted on the caller's thread, so that those still on their way to the event loop count as well.
 */
public final class Admission {
    private final Limits limits;
    private final String state;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** @param state what the requests that are admitted do */
    public Admission(Limits limits, String state) {
        this.limits = limits;
        this.state = state;
    }

    /** How many have been admitted and not been answered. */
    public int requests() {
        return requests.get();
    }

    /** @throws PlabbleLimitException with reason {@code too-many-requests} */
    public void admit(int size) {
        if (requests.incrementAndGet() > limits.maxRequestsInFlight()) {
            requests.decrementAndGet();
            throw new PlabbleLimitException(
                    Reason.TOO_MANY_REQUESTS,
                    limits.maxRequestsInFlight() + " requests " + state + "; see maxRequestsInFlight(…)");
        }
        long waiting = bytes.addAndGet(size);
        if (waiting > limits.maxPendingBytes() && waiting > size) { // alone, every packet within its own limit may go
            bytes.addAndGet(-size);
            requests.decrementAndGet();
            throw new PlabbleLimitException(
                    Reason.TOO_MANY_REQUESTS,
                    waiting - size + " bytes wait to be written, and " + size
                            + " more do not fit; see maxPendingBytes(…)");
        }
    }

    /** Of what goes out in any case, because it gives something back. */
    void admitAnyway(int size) {
        requests.incrementAndGet();
        bytes.addAndGet(size);
    }

    /** The bytes have left, or never will. */
    public void written(int size) {
        bytes.addAndGet(-size);
    }

    /** The answer has passed, or never will. */
    public void answered() {
        requests.decrementAndGet();
    }
}
