package io.plabble.sdk.internal;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.plabble.protocol.internal.frame.PacketLimit;
import io.plabble.protocol.internal.protection.PacketProtection;
import io.plabble.sdk.ConnectStep;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;

/**
 * The one owner of what a subscription to {@code connect()} opens. It exists before the connection does, so that a cancel at
 * any time finds something to close: a channel that turns up later is closed on arrival.
 */
final class ConnectionOwner {
    /** Closing is local and quick; the bound is for an event loop that was shut down under it. */
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    private final Settings settings;
    private final Journal journal;
    private volatile boolean closing;
    private volatile @Nullable Owned owned;

    ConnectionOwner(Settings settings) {
        this(settings, Journal.of(settings));
    }

    ConnectionOwner(Settings settings, Journal journal) {
        this.settings = settings;
        this.journal = journal;
    }

    private record Owned(Channel channel, PacketChannel packets) {}

    /** Takes a channel that has been made but not yet connected; of several addresses tried, the last. */
    void own(Channel channel, Consumer<ConnectStep> done) {
        journal.about(channel);
        PacketLimit limit = new Layers(channel, done).add(settings);
        PacketChannel packets = new PacketChannel(limit, settings.limits().maxPacketSize(), journal);
        channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "plabble.packets", packets);
        owned = new Owned(channel, packets);
        if (closing) { // read after the write above, as close() writes before it reads
            channel.close();
        }
    }

    Journal journal() {
        return journal;
    }

    PacketChannel packets() {
        return connected().packets;
    }

    /** What follows CONNECT. On the event loop. */
    Exchange beginExchange(PacketProtection protection) {
        return packets().beginExchange(protection, settings);
    }

    /** At once if this is the event loop already. */
    void onLoop(Runnable task) {
        EventLoop loop = connected().channel.eventLoop();
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** Completes when the packet is written; a failed write closes the channel, which then tells what was wrong. */
    Mono<Void> write(byte[] packet) {
        return Mono.create(sink -> connected().channel.writeAndFlush(packet).addListener(written -> {
            if (!written.isSuccess()) {
                connected().channel.close();
            }
            sink.success();
        }));
    }

    /**
     * Runs the task once, on the event loop, and before anybody hears that the channel is closed: its future tells its listeners in
     * the order in which they came.
     */
    void whenClosed(Runnable task) {
        connected().channel.closeFuture().addListener(done -> task.run());
    }

    boolean isClosing() {
        return closing;
    }

    boolean isClosed() {
        Owned current = owned;
        return closing || (current != null && !current.channel.isOpen());
    }

    /** Closes at once, without waiting. */
    void closeNow() {
        closing = true;
        Owned current = owned;
        if (current != null) {
            if (current.channel.isOpen()) { // else somebody else has closed it, and it is about to be told
                current.packets.closingByUs();
            }
            current.channel.close();
        }
    }

    /** On subscription closes the connection, if there is one; completes when it is closed, and never fails. */
    Mono<Void> close() {
        return Mono.defer(() -> {
            closeNow();
            return closed(CLOSE_DEADLINE);
        });
    }

    /** As {@link #close()}, but first lets the answers come in that are underway, for no longer than they may take. */
    Mono<Void> drain(Exchange exchange) {
        return Mono.defer(() -> {
            exchange.drain(new SessionEnd.ByUs());
            return closed(settings.limits().requestTimeout().plus(CLOSE_DEADLINE));
        });
    }

    private Mono<Void> closed(Duration deadline) {
        Owned current = owned;
        if (current == null) {
            return Mono.empty();
        }
        Mono<Void> closed = Mono.create(sink -> current.channel.closeFuture().addListener(done -> sink.success()));
        return isClosedHere(current.channel) ? closed : closed.timeout(Mono.delay(deadline), Mono.empty());
    }

    /** Closed already, and its event loop lives, for this is it: a timer would cost half a context switch for each session. */
    private static boolean isClosedHere(Channel channel) {
        return channel.eventLoop().inEventLoop() && channel.closeFuture().isDone();
    }

    private Owned connected() {
        return Objects.requireNonNull(owned, "not connected");
    }
}
