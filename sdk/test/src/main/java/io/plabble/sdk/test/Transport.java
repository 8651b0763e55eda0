package io.plabble.sdk.test;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslHandler;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.frame.FrameDecoder;
import java.util.Optional;
import reactor.netty.NettyPipeline;

/**
 * What packets travel on (§1): TCP, with TLS on it or not, and WebSocket (RFC 6455) on that or not.
 *
 * @param webSocketPath where WebSocket is spoken
 */
record Transport(Optional<Tls> tls, Optional<String> webSocketPath) {
    private static final int LONGEST_UPGRADE_BODY = 4096;

    /** Adds the handlers that make packets of what comes in, up to the longest of CONNECT (§4). */
    Wire install(Channel channel) {
        tls.ifPresent(present -> add(channel, "plabble.tls", tlsHandler(present, channel)));
        return webSocketPath.map(path -> webSocket(channel, path)).orElseGet(() -> stream(channel));
    }

    private static ChannelHandler tlsHandler(Tls tls, Channel channel) {
        SslHandler handler = tls.context().newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(0); // the server has no deadlines of its own: silence is a fault that lasts
        return handler;
    }

    private static Wire stream(Channel channel) {
        FrameDecoder decoder = new FrameDecoder(ConnectExchange.LONGEST_ANSWER);
        add(channel, "plabble.frameDecoder", decoder);
        return new StreamWire(channel, decoder);
    }

    private static Wire webSocket(Channel channel, String path) {
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(path)
                .decoderConfig(MessageWire.frames(ConnectExchange.LONGEST_ANSWER))
                .build();
        add(channel, "plabble.http", new HttpServerCodec());
        add(channel, "plabble.httpRequest", new HttpObjectAggregator(LONGEST_UPGRADE_BODY));
        add(channel, "plabble.upgradePath", new UpgradePath(path));
        add(channel, "plabble.webSocket", new WebSocketServerProtocolHandler(config));
        add(channel, "plabble.messages", new WebSocketFrameAggregator(ConnectExchange.LONGEST_ANSWER));
        add(channel, "plabble.messageDecoder", new MessageDecoder());
        return new MessageWire(channel);
    }

    private static void add(Channel channel, String name, ChannelHandler handler) {
        channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, name, handler);
    }
}
