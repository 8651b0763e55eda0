package io.plabble.sdk.internal;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import io.plabble.protocol.PeerText;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.frame.PacketLimit;
import java.io.IOException;
import javax.net.ssl.SSLException;

/**
 * Whole WebSocket messages in, packets out, and back (§1). Netty's decoder has its limit for good, so that another takes its place
 * when CONNECT is answered. So does one after the upgrade: the handshake's own would close the connection by itself after a fault,
 * as if nothing had happened.
 */
final class WebSocketPackets extends ChannelDuplexHandler implements PacketLimit {
    private final WholeMessages messages;
    private final int maxPacketSize;
    private boolean upgraded;
    private boolean answered;
    private boolean nothingExpected;
    private boolean closeSent;
    private WebSocketCloseStatus closeStatus = WebSocketCloseStatus.NORMAL_CLOSURE;

    /**
     * @param messages where they come from
     * @param maxPacketSize the longest message taken after CONNECT, in bytes
     */
    WebSocketPackets(WholeMessages messages, int maxPacketSize) {
        this.messages = messages;
        this.maxPacketSize = maxPacketSize;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        upgraded = true;
        takeFrames(active.pipeline(), ConnectExchange.LONGEST_ANSWER);
        active.fireChannelActive();
    }

    // ── limits ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void expectNothing() {
        nothingExpected = true;
    }

    @Override
    public void accept(int limit) {
        nothingExpected = false;
    }

    /** Between two frames, which is the one moment in which decoders can be replaced. */
    private void takeLongerMessages(ChannelPipeline pipeline) {
        messages.accept(maxPacketSize);
        takeFrames(pipeline, maxPacketSize);
    }

    private static void takeFrames(ChannelPipeline pipeline, int longest) {
        ChannelHandlerContext decoder = pipeline.context(WebSocketFrameDecoder.class);
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false) // a server's are not (RFC 6455, 5.1)
                .maxFramePayloadLength(longest)
                .allowExtensions(false)
                .closeOnProtocolViolation(false) // this does
                .withUTF8Validator(false)
                .build();
        pipeline.addAfter(decoder.name(), null, new WebSocket13FrameDecoder(config));
        pipeline.remove(decoder.handler()); // hands on what it has not decoded yet
    }

    // ── messages ────────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (message instanceof BinaryWebSocketFrame binary
                && !nothingExpected
                && binary.content().isReadable()) {
            reading.fireChannelRead(binary.content());
            if (!answered) {
                answered = true;
                takeLongerMessages(reading.pipeline());
            }
            return;
        }
        try {
            if (message instanceof CloseWebSocketFrame close) {
                reading.fireExceptionCaught(new IOException("WebSocket Close with status " + close.statusCode() + " "
                        + PeerText.printable(close.reasonText())));
                reading.close();
            } else {
                closeStatus = WebSocketCloseStatus.PROTOCOL_ERROR;
                reading.fireExceptionCaught(outOfPlace(message));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private PlabbleProtocolException outOfPlace(Object message) {
        if (nothingExpected) {
            return PlabbleProtocolException.malformed("the peer sent a message that nothing asked for");
        }
        return PlabbleProtocolException.malformed(
                message instanceof BinaryWebSocketFrame
                        ? "an empty packet"
                        : "a "
                                + (message instanceof WebSocketFrame
                                        ? "WebSocket message that is not binary"
                                        : "second HTTP response"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable error) {
        failing.fireExceptionCaught(
                error instanceof DecoderException broken && !(error.getCause() instanceof SSLException)
                        ? typed(broken)
                        : error);
    }

    private PlabbleProtocolException typed(DecoderException broken) {
        boolean tooLong = broken instanceof CorruptedWebSocketFrameException frame
                ? frame.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)
                : broken instanceof TooLongFrameException;
        closeStatus = tooLong ? WebSocketCloseStatus.MESSAGE_TOO_BIG : WebSocketCloseStatus.PROTOCOL_ERROR;
        return tooLong
                ? new PlabbleProtocolException(
                        Reason.PACKET_TOO_LARGE, "the peer sent a packet of more than " + limit() + " bytes", broken)
                : new PlabbleProtocolException(Reason.MALFORMED, "WebSocket: " + broken.getMessage(), broken);
    }

    private int limit() {
        return answered ? maxPacketSize : ConnectExchange.LONGEST_ANSWER;
    }

    @Override
    public void write(ChannelHandlerContext writing, Object packet, ChannelPromise promise) {
        writing.write(
                packet instanceof byte[] bytes ? new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)) : packet,
                promise);
    }

    /** Says so first, but does not wait: a peer that does not read must not keep the connection from closing. */
    @Override
    public void close(ChannelHandlerContext closing, ChannelPromise promise) {
        if (upgraded && !closeSent && closing.channel().isActive()) {
            closeSent = true;
            closing.writeAndFlush(new CloseWebSocketFrame(closeStatus));
        }
        closing.close(promise);
    }
}
