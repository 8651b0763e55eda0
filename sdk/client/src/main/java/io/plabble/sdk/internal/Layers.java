package io.plabble.sdk.internal;

import static io.netty.handler.flush.FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.frame.FrameDecoder;
import io.plabble.protocol.internal.frame.FrameEncoder;
import io.plabble.protocol.internal.frame.PacketLimit;
import io.plabble.sdk.ConnectStep;
import java.util.function.Consumer;
import reactor.netty.NettyPipeline;

/**
 * What stands between the socket and the packets, from the socket up (§1):
 *
 * <pre>
 * [proxy] ─ [TLS] ─┬─ Length and packet      (TCP, TLS)   ─┬─ one flush for many writes
 *                  └─ HTTP upgrade, messages (WebSocket)  ─┘
 * </pre>
 */
final class Layers {
    private final Channel channel;
    private final Consumer<ConnectStep> done;

    /** @param done told of each layer that stands */
    Layers(Channel channel, Consumer<ConnectStep> done) {
        this.channel = channel;
        this.done = done;
    }

    /** Adds what the settings ask for, on top of what there is; what is above them reads and writes packets. */
    PacketLimit add(Settings settings) {
        Endpoint endpoint = settings.endpoint();
        boolean proxied = channel.pipeline().get(NettyPipeline.ProxyHandler) != null;
        add(
                "plabble.connected",
                new Stage(ConnectStep.CONNECTED, proxied ? ProxyConnectionEvent.class::isInstance : null, done));
        endpoint.tls().ifPresent(tls -> {
            add(NettyPipeline.SslHandler, tls.newHandler(channel.alloc(), endpoint.verifiedHost(), endpoint.port()));
            add("plabble.secured", new Stage(ConnectStep.SECURED, SslHandshakeCompletionEvent.class::isInstance, done));
        });
        PacketLimit limit = endpoint.webSocket()
                .map(uri -> WebSocketLayer.add(this, uri, settings))
                .orElseGet(this::addFrames);
        // On top, where it sees the packets that are read: what is written because of them leaves together.
        add("plabble.flushes", new FlushConsolidationHandler(DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
        return limit;
    }

    private PacketLimit addFrames() {
        FrameDecoder decoder = new FrameDecoder(ConnectExchange.LONGEST_ANSWER);
        add("plabble.frameDecoder", decoder);
        add("plabble.frameEncoder", FrameEncoder.INSTANCE);
        return decoder;
    }

    void add(String name, ChannelHandler handler) {
        channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, name, handler);
    }

    Consumer<ConnectStep> done() {
        return done;
    }
}
