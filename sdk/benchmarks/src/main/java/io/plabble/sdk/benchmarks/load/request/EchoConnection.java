package io.plabble.sdk.benchmarks.load.request;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.util.ArrayDeque;
import java.util.Queue;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;

/**
 * A connection of Reactor Netty whose server sends everything back. A request is a {@link Mono} that completes when as many bytes have come; those
 * of one turn of the event loop are flushed together. There is no deadline, no bound, and nothing can go wrong.
 */
public final class EchoConnection {
    private static final int MOST_FLUSHES = 256;

    private final Connection connection;
    private final byte[] content;
    private final Queue<MonoSink<byte[]>> waiting;

    private EchoConnection(Connection connection, byte[] content, Queue<MonoSink<byte[]>> waiting) {
        this.connection = connection;
        this.content = content;
        this.waiting = waiting;
    }

    /** @param length how many bytes a request has */
    public static Mono<EchoConnection> open(int port, int length) {
        return Mono.defer(() -> {
            Queue<MonoSink<byte[]>> waiting = new ArrayDeque<>();
            return TcpClient.create(ConnectionProvider.newConnection())
                    .host("127.0.0.1")
                    .port(port)
                    .doOnChannelInit((observer, channel, address) -> channel.pipeline()
                            .addFirst(
                                    new FlushConsolidationHandler(MOST_FLUSHES, true),
                                    new FixedLengthFrameDecoder(length),
                                    new Answers(waiting)))
                    .connect()
                    .map(connection -> {
                        connection.channel().config().setAutoRead(true);
                        return new EchoConnection(connection, new byte[length], waiting);
                    });
        });
    }

    /** Sends the content on subscription, and gives what comes back. */
    public Mono<byte[]> request() {
        return Mono.create(this::send);
    }

    private void send(MonoSink<byte[]> sink) {
        if (connection.channel().eventLoop().inEventLoop()) {
            write(sink);
        } else {
            connection.channel().eventLoop().execute(() -> write(sink));
        }
    }

    private void write(MonoSink<byte[]> sink) {
        waiting.add(sink);
        ByteBuf buffer = connection.channel().alloc().ioBuffer(content.length);
        connection
                .channel()
                .writeAndFlush(buffer.writeBytes(content), connection.channel().voidPromise());
    }

    /** Completes when it is closed. */
    public Mono<Void> close() {
        connection.dispose();
        return connection.onDispose();
    }

    /** On the event loop, as everything that touches the queue. */
    private static final class Answers extends SimpleChannelInboundHandler<ByteBuf> {
        private final Queue<MonoSink<byte[]>> waiting;

        Answers(Queue<MonoSink<byte[]>> waiting) {
            this.waiting = waiting;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf answer) {
            byte[] bytes = new byte[answer.readableBytes()];
            answer.readBytes(bytes);
            waiting.remove().success(bytes);
        }
    }
}
