package io.plabble.sdk.hostile;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Stands in front of the client's own handlers: gathers all that the server sends, then hands it on in the pieces that a row
 * asks for. TCP would cut and join segments as it likes.
 */
public final class Segments extends ChannelInboundHandlerAdapter {
    private final byte[] expected;
    private final List<Integer> cuts;
    private final Runnable beforeEach;
    private final CompletableFuture<Void> handedOn = new CompletableFuture<>();
    private int gathered;

    /** @param beforeEach run before each piece is handed on */
    public Segments(Wire sent, Segmentation segmentation, Runnable beforeEach) {
        this.expected = sent.bytes();
        this.cuts = new ArrayList<>(segmentation.cuts(sent));
        this.cuts.add(expected.length);
        this.beforeEach = beforeEach;
        if (expected.length == 0) {
            handedOn.complete(null);
        }
    }

    /** Completes when the client has seen everything, or has closed before that. */
    public CompletableFuture<Void> handedOn() {
        return handedOn;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        gathered += bytes.readableBytes();
        bytes.release();
        if (gathered == expected.length) {
            handOn(context);
        }
    }

    private void handOn(ChannelHandlerContext context) {
        int from = 0;
        for (int to : cuts) {
            if (!context.channel().isOpen()) {
                break; // a socket reads no more, either
            }
            beforeEach.run();
            context.fireChannelRead(context.alloc().buffer(to - from).writeBytes(expected, from, to - from));
            context.fireChannelReadComplete();
            from = to;
        }
        handedOn.complete(null);
    }

    /** Told for each piece instead. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (gathered < expected.length) {
            context.read();
        }
    }
}
