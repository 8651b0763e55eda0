package io.plabble.sdk.benchmarks;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Where the server is verified while connecting. The SDK does it on Reactor's parallel scheduler. */
public enum Cryptography {
    SCHEDULER {
        @Override
        void arrange() {}
    },
    EVENT_LOOP {
        @Override
        void arrange() {
            Schedulers.setFactory(new Schedulers.Factory() {
                @Override
                public Scheduler newParallel(int parallelism, ThreadFactory threads) {
                    return new Inline(Schedulers.Factory.super.newParallel(parallelism, threads));
                }
            });
        }
    };

    /** For all of this JVM. */
    abstract void arrange();

    /** Does what need not wait where it is asked to, on the event loop that is. */
    private record Inline(Scheduler later) implements Scheduler {
        @Override
        public Disposable schedule(Runnable task) {
            task.run();
            return Disposables.disposed();
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return later.schedule(task, delay, unit);
        }

        @Override
        public Worker createWorker() {
            return later.createWorker();
        }
    }
}
