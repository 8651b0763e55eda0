package io.plabble.sdk;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
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

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("stopped-clock", true), NioIoHandler.newFactory()) {
                @Override
                protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... more) {
                    return new SingleThreadIoEventLoop(this, executor, handlers) {
                        @Override
                        public Ticker ticker() {
                            return ticker;
                        }
                    };
                }
            };

    /** What is due by then happens at once. On the loop, so that what it is doing now has no part of it before and another after. */
    void advance(Duration time) {
        loop.submit(() -> ticker.advance(time.toNanos(), TimeUnit.NANOSECONDS)).syncUninterruptibly();
    }

    /** For clients as well. */
    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return loop;
    }
}
