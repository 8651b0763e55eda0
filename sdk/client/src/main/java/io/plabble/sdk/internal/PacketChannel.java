package io.plabble.sdk.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.internal.frame.PacketLimit;
import io.plabble.protocol.internal.packet.TypeFlags;
import io.plabble.protocol.internal.protection.PacketProtection;
import io.plabble.sdk.PlabbleConnectException;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The client's end of one connection: hands the answer to CONNECT to the handshake and what follows to the {@link Exchange}, and
 * knows how the connection ended. Whatever fails, the channel is closed first; {@link #channelInactive} is where others hear of
 * it.
 */
final class PacketChannel extends ChannelInboundHandlerAdapter {
    /** In place of the answer once it was taken, so that it is kept no longer. */
    private static final Sinks.One<byte[]> TAKEN = Sinks.unsafe().one();

    private final PacketLimit limit;
    private final int maxPacketSize;
    private final Journal journal;
    private Sinks.One<byte[]> answer = Sinks.unsafe().one(); // as the next, the event loop's alone to emit
    private final Sinks.Empty<Void> closed = Sinks.unsafe().empty();
    private volatile boolean closedByUs;
    private volatile @Nullable SocketAddress remoteAddress;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private boolean over;
    private @Nullable SessionEnd end;
    private @Nullable Throwable cause;

    PacketChannel(PacketLimit limit, int maxPacketSize, Journal journal) {
        this.limit = limit;
        this.maxPacketSize = maxPacketSize;
        this.journal = journal;
    }

    /** The answer to CONNECT, without Length. On the event loop, and before the exchange begins. */
    Mono<byte[]> answer() {
        return answer.asMono();
    }

    /** From now on, packets are the exchange's. On the event loop. */
    Exchange beginExchange(PacketProtection protection, Settings settings) {
        Exchange begun =
                new Exchange(Objects.requireNonNull(context, "not connected"), this, protection, settings, journal);
        exchange = begun;
        answer = TAKEN;
        if (over) { // the connection ended while its handshake was being verified
            conclude(begun);
        }
        return begun;
    }

    /** A request is about to be written: until then, any byte is out of place (§4). */
    void expectAnswers() {
        limit.accept(maxPacketSize);
    }

    /** Completes if this end closed the connection, else signals why it ended. */
    Mono<Void> onClose() {
        return closed.asMono();
    }

    /** Where the connection goes; known as long as anybody asks, also after its end. */
    SocketAddress remoteAddress() {
        return Objects.requireNonNull(remoteAddress, "not connected");
    }

    void closingByUs() {
        closedByUs = true;
    }

    /** Closes the connection for this reason, unless it has ended for another. On the event loop. */
    void end(SessionEnd why) {
        if (end == null) {
            end = closedByUs
                    ? new SessionEnd.ByUs()
                    : why; // what was underway when this end closed is cut off, not broken
        }
        if (context != null) {
            context.close();
        }
    }

    /** Why the connection has ended, as far as it is known. On the event loop. */
    SessionEnd end() {
        if (end != null) {
            return end;
        }
        return closedByUs ? new SessionEnd.ByUs() : new SessionEnd.ByPeer(cause);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        remoteAddress = active.channel().remoteAddress();
        active.fireChannelActive();
        // Reactor Netty reads on demand of its own inbound, which this handler stands in front of.
        active.channel().config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        try {
            if (end != null || closedByUs || !reading.channel().isOpen()) {
                return; // what was read together with what ended the session, whose keys are erased
            }
            byte[] packet = ByteBufUtil.getBytes((ByteBuf) message);
            if (exchange == null) {
                journal.received(TypeFlags.claimedType(packet[0]), 0, false, packet);
                limit.expectNothing();
                answer.tryEmitValue(packet);
            } else {
                exchange.receive(packet);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        if (exchange != null) {
            exchange.heard();
        }
        reading.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable thrown) {
        // What TLS found wrong with a record is an IOException, too, wrapped by its decoder.
        Throwable error =
                thrown instanceof DecoderException && thrown.getCause() instanceof IOException io ? io : thrown;
        if (remoteAddress == null) { // before the connection stands, Reactor Netty waits to hear of it
            cause = error;
            failing.fireExceptionCaught(error);
            failing.close();
        } else if (error instanceof PlabbleProtocolException broken) {
            end(new SessionEnd.Broken(broken));
        } else if (error
                instanceof IOException) { // such as a reset: what it means depends on where in the stream it came
            cause = error;
            failing.close();
        } else if (exchange != null) {
            end(new SessionEnd.ByFailure(error));
        } else {
            cause = error;
            failing.fireExceptionCaught(error);
            failing.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        SessionEnd why = end();
        end = why;
        over = true;
        if (exchange == null) {
            answer.tryEmitError(noAnswer(why));
        } else {
            conclude(exchange);
        }
        Signals.deliver(() -> {
            if (why.isOrderly()) {
                closed.tryEmitEmpty();
            } else {
                closed.tryEmitError(why.exception());
            }
        });
        inactive.fireChannelInactive();
    }

    private void conclude(Exchange ending) {
        SessionEnd why = end();
        journal.ended(why);
        ending.ended(why);
    }

    private Throwable noAnswer(SessionEnd why) {
        if (why instanceof SessionEnd.Broken broken) {
            return broken.failure();
        }
        return cause instanceof SSLException broken // such as the alert that refuses a client's certificate in TLS 1.3
                ? broken
                : new PlabbleConnectException(
                        Reason.CONNECTION_CLOSED, "the server closed the connection without an answer", cause);
    }
}
