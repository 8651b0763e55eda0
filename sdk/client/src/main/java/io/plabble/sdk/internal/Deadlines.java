package io.plabble.sdk.internal;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When the answers of a session are due. All its requests have the same time, so that they come due in the order of their counters,
 * and one timer is enough: for the oldest that was open when it was set. While nothing is open, there is none. Event loop only.
 */
final class Deadlines {
    private final EventExecutor loop;
    private final OpenRequests inFlight;
    private final long timeout;
    private final Consumer<PendingRequest> expired;
    /** Requests that are open and not overdue have counters from this on, to before {@link #end}. */
    private int oldest;

    private int end;
    private @Nullable Future<?> timer;

    /** @param expired told once of each whose time has passed */
    Deadlines(EventExecutor loop, OpenRequests inFlight, Duration timeout, Consumer<PendingRequest> expired) {
        this.loop = loop;
        this.inFlight = inFlight;
        this.timeout = timeout.toNanos();
        this.expired = expired;
    }

    /** From now on, for a request that is being written. */
    long next(int counter) {
        long deadline = now() + timeout; // read first: a timer that is early would be set twice
        end = counter + 1;
        if (timer == null) {
            oldest = counter;
            timer = schedule(timeout);
        }
        return deadline;
    }

    /** Nothing is open any more. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void due() {
        while (oldest < end) {
            PendingRequest open = inFlight.get(oldest);
            long left = open == null ? 0 : open.deadline() - now();
            if (left > 0) {
                timer = schedule(left);
                return;
            }
            oldest++;
            if (open != null) {
                expire(open);
            }
        }
        timer = null; // not before: who hears of it may send another request, which is part of the loop above
    }

    private void expire(PendingRequest request) {
        try {
            expired.accept(request);
        } catch (Throwable fatal) { // such as a subscriber's StackOverflowError: the others are due nonetheless
            timer = schedule(0);
            throw fatal;
        }
    }

    private Future<?> schedule(long delay) {
        return loop.schedule(this::due, delay, TimeUnit.NANOSECONDS);
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
