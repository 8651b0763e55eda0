package io.plabble.sdk;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import reactor.netty.resources.LoopResources;

/**
 * An event loop whose clock stands still until a test moves it: deadlines need not be waited for, and none passes early on a slow
 * machine.
 */
final class StoppedClock implements LoopResources {
    private final MockTicker ticker = Ticker.newMockTicker();

    private final EventLoopGroup loop;

    StoppedClock() {
        this(Io.NIO);
    }

    StoppedClock(Io io) {
        loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("stopped-clock", true), io.handlers()) {
            @Override
            protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... more) {
                return new Loop(this, executor, handlers);
            }
        };
    }

    private final class Loop extends SingleThreadIoEventLoop {
        Loop(IoEventLoopGroup group, Executor executor, IoHandlerFactory handlers) {
            super(group, executor, handlers);
        }

        @Override
        public Ticker ticker() {
            return ticker;
        }

        boolean isTimerPending() {
            return nextScheduledTaskDeadlineNanos() != -1;
        }
    }

    /** What is due by then happens at once. On the loop, so that what it is doing now has no part of it before and another after. */
    void advance(Duration time) {
        loop.submit(() -> ticker.advance(time.toNanos(), TimeUnit.NANOSECONDS)).syncUninterruptibly();
    }

    /** Waits until nothing is left to do but what waits for time or bytes; tells whether something waits for time. */
    boolean settledWithTimer() {
        Loop only = (Loop) loop.next();
        do {
            only.submit(() -> {}).syncUninterruptibly();
        } while (only.pendingTasks() > 0);
        return only.submit(only::isTimerPending).syncUninterruptibly().getNow();
    }

    /** For clients as well. */
    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return loop;
    }
}
