package io.plabble.sdk.internal.sessions;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Virtual time that knows what is yet to come. */
public final class CountedTime extends VirtualTimeScheduler {
    private final Set<Runnable> timers = new HashSet<>();

    private CountedTime() {
        super(false);
    }

    /** The time of this test, until {@link VirtualTimeScheduler#reset}. */
    public static CountedTime begin() {
        CountedTime time = new CountedTime();
        VirtualTimeScheduler.set(time);
        return time;
    }

    /** How many timers are set. */
    public int timers() {
        return timers.size();
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        timers.add(task);
        Disposable timer = super.schedule(
                () -> {
                    timers.remove(task);
                    task.run();
                },
                delay,
                unit);
        return () -> {
            timers.remove(task);
            timer.dispose();
        };
    }
}
