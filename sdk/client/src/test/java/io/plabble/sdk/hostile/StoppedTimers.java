package io.plabble.sdk.hostile;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Stands in for Reactor's parallel scheduler, where its timers wait, with a clock that only a test moves: no deadline need be
 * waited for, none passes early, and those that nobody has cancelled can be counted.
 */
public final class StoppedTimers implements Scheduler, AutoCloseable {
    private final AtomicLong now = new AtomicLong();
    private final Queue<Timer> pending = new ConcurrentLinkedQueue<>();
    private final Scheduler computing = Schedulers.newParallel("computing");
    private final Schedulers.Snapshot before = Schedulers.setFactoryWithSnapshot(new Schedulers.Factory() {
        @Override
        public Scheduler newParallel(int parallelism, ThreadFactory threads) {
            return StoppedTimers.this;
        }
    });

    private record Timer(long due, Runnable task) {}

    /** How many wait. */
    public int pending() {
        return pending.size();
    }

    /** What is due by then happens at once, on this thread. */
    public void advance(Duration time) {
        long reached = now.addAndGet(time.toNanos());
        for (Optional<Timer> next = next(reached); next.isPresent(); next = next(reached)) {
            if (pending.remove(next.get())) {
                next.get().task.run();
            }
        }
    }

    private Optional<Timer> next(long until) {
        return pending.stream().filter(timer -> timer.due <= until).min(Comparator.comparingLong(Timer::due));
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        Timer timer = new Timer(now.get() + unit.toNanos(delay), task);
        pending.add(timer);
        return () -> pending.remove(timer);
    }

    /** The server is verified on this scheduler, which needs no clock. */
    @Override
    public Disposable schedule(Runnable task) {
        return computing.schedule(task);
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException("only timers wait here");
    }

    /** Puts Reactor's own back. */
    @Override
    public void close() {
        Schedulers.resetFrom(before);
        computing.dispose();
    }
}
