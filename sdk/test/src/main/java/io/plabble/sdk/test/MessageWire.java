package io.plabble.sdk.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;

/** Packets as WebSocket messages, without Length (§1). */
final class MessageWire implements Wire {
    private static final int NO_EXTENSION = 0;

    private final Channel channel;

    MessageWire(Channel channel) {
        this.channel = channel;
    }

    static WebSocketDecoderConfig frames(int limit) {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(limit)
                .allowExtensions(false)
                .closeOnProtocolViolation(false) // MessageDecoder does
                .withUTF8Validator(false) // any text at all is refused
                .build();
    }

    @Override
    public ChannelFuture send(byte[] packet, Fault.Rewrite rewrite) {
        byte[] changed = rewrite.change().apply(packet);
        ChannelFuture written = write(changed, rewrite.text(), rewrite.segment());
        return rewrite.appended()
                .map(appended -> write(appended, false, rewrite.segment()))
                .orElse(written);
    }

    /** One message, in fragments (RFC 6455 §5.4) if it is longer than a segment. */
    private ChannelFuture write(byte[] message, boolean text, int segment) {
        ByteBuf rest = Unpooled.wrappedBuffer(message);
        ByteBuf first = rest.readRetainedSlice(Math.min(segment, rest.readableBytes()));
        boolean whole = !rest.isReadable();
        ChannelFuture written = write(
                text
                        ? new TextWebSocketFrame(whole, NO_EXTENSION, first)
                        : new BinaryWebSocketFrame(whole, NO_EXTENSION, first));
        while (rest.isReadable()) {
            ByteBuf next = rest.readRetainedSlice(Math.min(segment, rest.readableBytes()));
            written = write(new ContinuationWebSocketFrame(!rest.isReadable(), NO_EXTENSION, next));
        }
        rest.release();
        return written;
    }

    private ChannelFuture write(WebSocketFrame frame) {
        return channel.writeAndFlush(frame);
    }

    /** Between two messages only: what Netty's handlers take is settled when they are made. */
    @Override
    public void accept(int limit) {
        channel.pipeline()
                .replace(WebSocketFrameDecoder.class, "plabble.frames", new WebSocket13FrameDecoder(frames(limit)));
        channel.pipeline()
                .replace(WebSocketFrameAggregator.class, "plabble.messages", new WebSocketFrameAggregator(limit));
    }
}
