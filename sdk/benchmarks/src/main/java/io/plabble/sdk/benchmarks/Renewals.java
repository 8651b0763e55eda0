package io.plabble.sdk.benchmarks;

import io.plabble.sdk.Instrumentation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.util.context.ContextView;

/**
 * When a session is being renewed: from the moment in which the connect of its successor begins until its own connection is closed. There is
 * one renewal at a time: a session lasts much longer than its predecessor takes to close.
 */
final class Renewals implements Instrumentation {
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private volatile boolean underway;
    private volatile long began;
    private volatile long ended = System.nanoTime();

    @Override
    public Observed connect(Peer peer, ContextView subscriber) {
        if (sessions.get() > 0) {
            began = System.nanoTime();
            underway = true;
        }
        return Observed.NONE;
    }

    @Override
    public void sessionOpened(OpenSession session) {
        sessions.incrementAndGet();
    }

    @Override
    public void sessionClosed(OpenSession session) {
        if (sessions.decrementAndGet() > 0) {
            ended = System.nanoTime();
            nanos.addAndGet(ended - began);
            underway = false;
            completed.incrementAndGet();
        }
    }

    int completed() {
        return completed.get();
    }

    /** How long all of them have taken. */
    Duration duration() {
        return Duration.ofNanos(nanos.get());
    }

    /** Whether a life that began then, and ends now, has shared a moment with a renewal. */
    boolean haveMet(long birth) {
        return underway || ended - birth >= 0;
    }
}
