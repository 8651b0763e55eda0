package io.plabble.sdk.test;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.plabble.protocol.PlabbleProtocolException;

/**
 * Makes packets of whole WebSocket messages (§1), and tells the client why it refuses one (RFC 6455 §7.4.1). Whoever takes the
 * packets closes the connection.
 */
final class MessageDecoder extends SimpleChannelInboundHandler<WebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame message) {
        ByteBuf packet = message.content();
        if (!(message instanceof BinaryWebSocketFrame)) {
            refuse(
                    context,
                    WebSocketCloseStatus.INVALID_MESSAGE_TYPE,
                    PlabbleProtocolException.malformed("a text message"));
        } else if (!packet.isReadable()) {
            refuse(context, WebSocketCloseStatus.PROTOCOL_ERROR, PlabbleProtocolException.malformed("an empty packet"));
        } else {
            context.fireChannelRead(packet.retain());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) { // a frame that is too long among it
            refuse(context, corrupted.closeStatus(), cause);
        } else if (cause instanceof TooLongFrameException) { // all fragments together
            refuse(context, WebSocketCloseStatus.MESSAGE_TOO_BIG, cause);
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    private static void refuse(ChannelHandlerContext context, WebSocketCloseStatus status, Throwable why) {
        context.writeAndFlush(new CloseWebSocketFrame(status));
        context.fireExceptionCaught(why);
    }
}
