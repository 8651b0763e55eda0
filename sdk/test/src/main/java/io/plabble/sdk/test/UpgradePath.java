package io.plabble.sdk.test;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Lets HTTP requests for one path through, answers 404 to any other, and closes. */
final class UpgradePath extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final String path;

    UpgradePath(String path) {
        this.path = path;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.uri().equals(path)) {
            context.fireChannelRead(request.retain());
            return;
        }
        FullHttpResponse notFound = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
        notFound.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, 0)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        // From here, not from the channel: there is no WebSocket yet that would have to be closed.
        context.writeAndFlush(notFound).addListener(written -> context.close());
    }
}
