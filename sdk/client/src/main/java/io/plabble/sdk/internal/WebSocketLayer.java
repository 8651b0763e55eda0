package io.plabble.sdk.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.frame.PacketLimit;
import io.plabble.sdk.ConnectStep;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * WebSocket (RFC 6455) over TCP or TLS, by Netty's own handlers: the HTTP upgrade, then one binary message a packet, without
 * Length (§1). No extension, no subprotocol, no redirect is followed.
 */
final class WebSocketLayer {
    /** The connect's own deadline holds, and is shorter. Two that are close would race, and this one reads as a close of the server. */
    private static final Duration NEVER = Duration.ofDays(2);

    private static final String NEEDED = "io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler";

    private WebSocketLayer() {}

    /** @throws PlabbleConfigurationException if Netty's HTTP codec, which Reactor Netty brings along, was excluded */
    static void requireAvailable() {
        try {
            Class.forName(NEEDED, false, WebSocketLayer.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new PlabbleConfigurationException(
                    "WebSocket needs io.netty:netty-codec-http on the class path, where it was excluded", e);
        }
    }

    static PacketLimit add(Layers layers, URI uri, Settings settings) {
        int first = ConnectExchange.LONGEST_ANSWER;
        WholeMessages messages = new WholeMessages(first);
        WebSocketPackets packets =
                new WebSocketPackets(messages, settings.limits().maxPacketSize());
        layers.add("plabble.http", new HttpClientCodec());
        layers.add("plabble.httpResponse", new UpgradeAnswer());
        layers.add("plabble.webSocket", new Protocol(uri, first));
        layers.add(
                "plabble.upgraded",
                new Stage(ConnectStep.UPGRADED, ClientHandshakeStateEvent.HANDSHAKE_COMPLETE::equals, layers.done()));
        layers.add("plabble.messages", messages);
        layers.add("plabble.webSocketPackets", packets);
        return packets;
    }

    /** The upgrade, and the control frames. */
    private static final class Protocol extends WebSocketClientProtocolHandler {
        private boolean control;
        private boolean data;

        Protocol(URI uri, int longestFrame) {
            super(WebSocketClientProtocolConfig.newBuilder()
                    .webSocketUri(uri)
                    .maxFramePayloadLength(longestFrame)
                    .handshakeTimeoutMillis(NEVER.toMillis())
                    .handleCloseFrames(false)
                    .sendCloseFrame(null) // it would wait until the peer has read it
                    .generateOriginHeader(false) // only browsers have an origin
                    .withUTF8Validator(false) // text is out of place anyway
                    .build());
        }

        /** A peer that asks without end and never reads gets no answers, or they would pile up here (RFC 6455, 5.5.3). */
        @Override
        protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) throws Exception {
            boolean ping = frame instanceof PingWebSocketFrame;
            boolean controlling = ping || frame instanceof PongWebSocketFrame;
            control |= controlling;
            data |= !controlling;
            if (!ping || context.channel().isWritable()) {
                super.decode(context, frame, out);
            }
        }

        /** A proxy that sends nothing but pings is no sign of life of the server behind it (see {@link Probe}). */
        @Override
        public void channelReadComplete(ChannelHandlerContext context) throws Exception {
            boolean nothingElse = control && !data;
            control = false;
            data = false;
            if (!nothingElse) {
                super.channelReadComplete(context);
            }
        }
    }
}
