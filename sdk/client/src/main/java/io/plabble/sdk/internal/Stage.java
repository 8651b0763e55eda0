package io.plabble.sdk.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.plabble.protocol.Reason;
import io.plabble.sdk.ConnectStep;
import io.plabble.sdk.PlabbleConnectException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sits on top of a layer of the transport that has a handshake of its own, and holds back the news that the channel is active
 * until that is done: whoever is above finds a connection that stands. A failure is told once, and closes the channel.
 */
final class Stage extends ChannelInboundHandlerAdapter {
    private final ConnectStep step;
    private final @Nullable Predicate<Object> ready;
    private final Consumer<ConnectStep> done;
    private boolean failed;

    /**
     * @param ready the event that says that the layer is ready; null if it is as soon as the channel is active
     * @param done told before anybody above hears of it
     */
    Stage(ConnectStep step, @Nullable Predicate<Object> ready, Consumer<ConnectStep> done) {
        this.step = step;
        this.ready = ready;
        this.done = done;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (ready == null) {
            pass(context);
        } else {
            context.read(); // what the layer beneath waits for; nobody above reads yet
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (!context.isRemoved()) {
            context.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            exceptionCaught(context, handshake.cause());
        } else if (ready != null && ready.test(event)) {
            pass(context);
        }
        context.fireUserEventTriggered(event);
    }

    private void pass(ChannelHandlerContext context) {
        done.accept(step);
        context.pipeline().remove(this);
        context.fireChannelActive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!failed) {
            failed = true;
            context.fireExceptionCaught(cause);
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        exceptionCaught(
                context,
                new PlabbleConnectException(
                        Reason.CONNECTION_CLOSED,
                        "the server closed the connection, waiting for " + step.description(),
                        null));
        context.fireChannelInactive();
    }
}
