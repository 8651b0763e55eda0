package io.plabble.sdk;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Stands in for the scheduler that Reactor's timeouts go by: they are over when a test says so, on its thread. Reactor's virtual
 * time would replace every scheduler, and takes locks, which an event loop must not wait for.
 */
final class StoppedTimeouts implements Schedulers.Factory, AutoCloseable {
    private record Timeout(Runnable task, long due, AtomicBoolean over) {}

    private final Queue<Timeout> timeouts = new ConcurrentLinkedQueue<>();
    private volatile long now;

    StoppedTimeouts() {
        Schedulers.setFactory(this);
    }

    /** What is due by then happens at once. */
    void advance(Duration time) {
        long then = now + time.toNanos();
        now = then;
        timeouts.stream()
                .filter(timeout -> timeout.due <= then && timeout.over.compareAndSet(false, true))
                .forEach(timeout -> timeout.task.run());
        timeouts.removeIf(timeout -> timeout.over.get());
    }

    /** How many may still happen. */
    long pending() {
        return timeouts.stream().filter(timeout -> !timeout.over.get()).count();
    }

    @Override
    public Scheduler newParallel(int parallelism, ThreadFactory threads) {
        return new Stopped();
    }

    @Override
    public void close() {
        Schedulers.resetFactory();
    }

    private final class Stopped implements Scheduler {
        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            Timeout timeout = new Timeout(task, now + unit.toNanos(delay), new AtomicBoolean());
            timeouts.add(timeout);
            return () -> timeout.over.set(true);
        }

        @Override
        public Disposable schedule(Runnable task) {
            throw new UnsupportedOperationException("not for timeouts");
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException("not for timeouts");
        }
    }
}
