package io.plabble.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.plabble.protocol.PlabbleException;
import io.plabble.sdk.internal.sessions.CountedTime;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;

/**
 * A client's whole pipeline over a channel in memory, which receives whatever bytes one likes, cut as one likes. All happens on
 * the caller's thread and in {@link CountedTime}, so that thousands of handshakes take no longer than their cryptography.
 */
final class MemoryConnection {
    private final CountedTime time;
    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Signal<SharedSession>> outcomes = new ArrayList<>();
    private final List<PlabbleException> ends = new ArrayList<>();
    private String sessionKey = "";
    private boolean open;

    private MemoryConnection(CountedTime time) {
        this.time = time;
        channel.config().setAllocator(memory);
        channel.pipeline().addLast(NettyPipeline.ReactiveBridge, new ChannelInboundHandlerAdapter());
    }

    /** A client that has sent its CONNECT. */
    static MemoryConnection connect(Settings settings, CountedTime time) {
        MemoryConnection connection = new MemoryConnection(time);
        new Connector(settings, owner -> new Handshake(settings, owner, connection::dial, Schedulers.immediate()))
                .connect()
                .materialize()
                .subscribe(connection::outcome);
        return connection;
    }

    /** What comes of a server that answers in these pieces, then ends the stream. */
    static Outcome play(Settings settings, CountedTime time, byte[]... answer) {
        MemoryConnection connection = connect(settings, time);
        for (byte[] piece : answer) {
            connection.receive(piece);
        }
        return connection.finish();
    }

    private Mono<Void> dial(Consumer<Channel> own) {
        return Mono.fromRunnable(() -> {
            own.accept(channel);
            channel.pipeline().fireChannelActive();
        });
    }

    private void outcome(Signal<SharedSession> signal) {
        outcomes.add(signal);
        open = channel.isOpen();
        if (signal.get() != null) {
            sessionKey = HexFormat.of().formatHex(signal.get().sharedSecret().copy());
            signal.get().onClose().subscribe(nothing -> {}, why -> ends.add((PlabbleException) why));
        }
    }

    /** The session that has come about by now. */
    SharedSession session() {
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0).get();
    }

    /** What has been sent since the last call, with Length. */
    byte[] sent() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            bytes.writeBytes(ByteBufUtil.getBytes(part));
            part.release();
        }
        return bytes.toByteArray();
    }

    /** Lost if the client has closed the connection. */
    void receive(byte[] bytes) {
        if (channel.isOpen() && bytes.length > 0) {
            channel.writeInbound(memory.buffer(bytes.length).writeBytes(bytes));
        }
    }

    /** Ends the stream: there was one outcome, and nothing is left of the connection. */
    Outcome finish() {
        channel.close();
        sent();
        assertThat(outcomes).hasSize(1);
        assertThat(memory.metric().usedHeapMemory())
                .as("bytes of buffers not released")
                .isZero();
        assertThat(memory.metric().usedDirectMemory()).isZero();
        assertThat(channel.hasPendingTasks()).isFalse();
        assertThat(time.timers()).isZero();
        SharedSession session = outcomes.get(0).get();
        if (session == null) {
            assertThat(open).as("open when the subscriber heard of the failure").isFalse();
            return Outcome.Refused.by((PlabbleException) outcomes.get(0).getThrowable());
        }
        assertThat(session.isDisposed()).isTrue();
        assertThat(session.sharedSecret().isDestroyed()).isTrue();
        assertThat(ends).hasSize(1);
        return new Outcome.Connected(
                sessionKey,
                session.authentication(),
                session.isEncrypted(),
                ends.get(0).reason());
    }
}
