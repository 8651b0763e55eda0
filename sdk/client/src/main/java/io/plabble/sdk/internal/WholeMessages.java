package io.plabble.sdk.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole binary messages of fragments (RFC 6455, 5.4), in one buffer. Netty's own aggregator keeps a buffer for each fragment, and
 * copies all of them again and again: a message in fragments of one byte would keep the event loop busy for minutes.
 */
final class WholeMessages extends MessageToMessageDecoder<WebSocketFrame> {
    private int limit;
    private @Nullable ByteBuf begun;

    /** @param limit the longest message taken, in bytes */
    WholeMessages(int limit) {
        super(WebSocketFrame.class);
        this.limit = limit;
    }

    /** From the next fragment on. */
    void accept(int longest) {
        limit = longest;
    }

    /** Netty's decoder has made sure that fragments are in order. */
    @Override
    protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
        if (frame instanceof BinaryWebSocketFrame && !frame.isFinalFragment()) {
            begun = context.alloc().buffer(frame.content().readableBytes());
        }
        ByteBuf message = begun;
        if (message == null
                || !(frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame)) {
            out.add(frame.retain());
            return;
        }
        if (message.readableBytes() + (long) frame.content().readableBytes() > limit) {
            drop();
            throw new TooLongFrameException("fragments of more than " + limit + " bytes");
        }
        message.writeBytes(frame.content());
        if (frame.isFinalFragment()) {
            begun = null;
            out.add(new BinaryWebSocketFrame(message));
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        drop();
    }

    private void drop() {
        if (begun != null) {
            begun.release();
            begun = null;
        }
    }
}
