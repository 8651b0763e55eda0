package io.plabble.sdk.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateAuthority;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.crypto.SessionRandom;
import io.plabble.protocol.internal.frame.DynamicLength;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.protection.PacketProtection;
import io.plabble.sdk.Encryption;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;

/**
 * The server of one warm-up session, at the other end of a channel in memory: answers CONNECT with a chain of two, and one REQUEST
 * with no slots.
 */
final class MemoryPeer extends ChannelOutboundHandlerAdapter {
    private static final String NAME = "warmup.invalid";
    private static final IdentityKeyPair IDENTITY = IdentityKeyPair.generate();
    private static final CertificateAuthority ROOT = CertificateAuthority.root(
            IdentityKeyPair.generate(), "root.invalid", PlabbleTimestamp.MIN, PlabbleTimestamp.MAX);
    private static final List<Certificate> CHAIN = List.of(
            ROOT.issue(IDENTITY.publicKey(), NAME, PlabbleTimestamp.MIN, PlabbleTimestamp.MAX), ROOT.certificate());

    private static final TrustStore TRUST = TrustStore.roots(ROOT.certificate());

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Settings settings;
    private @Nullable PacketProtection protection;

    MemoryPeer(boolean encrypted) {
        settings = Settings.of(Endpoint.tcp(NAME, 1))
                .withEncryption(encrypted ? Encryption.ON : Encryption.OFF)
                .withVerification(how -> how.withTrust(TRUST));
        channel.pipeline().addLast(NettyPipeline.ReactiveBridge, new ChannelInboundHandlerAdapter());
    }

    /** What a client has to be set to. */
    Settings settings() {
        return settings;
    }

    /** Connects at once. */
    Mono<Void> dial(Consumer<Channel> own) {
        return Mono.<Void>fromRunnable(() -> {
                    channel.pipeline().addFirst(this);
                    own.accept(channel);
                    channel.pipeline().fireChannelActive();
                })
                .doAfterTerminate(this::answer);
    }

    /** Lets the answers come in that are underway. */
    void answer() {
        channel.runPendingTasks();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ByteBuf frame = (ByteBuf) message;
        DynamicLength.read(frame);
        byte[] packet = ByteBufUtil.getBytes(frame);
        frame.release();
        promise.setSuccess();
        context.executor().execute(() -> send(context, protection == null ? connect(packet) : respond(protection)));
    }

    private byte[] connect(byte[] packet) {
        ConnectRequest request = ConnectExchange.receive(packet);
        SessionKeyPair own = SessionKeyPair.generate(SessionRandom.seeded());
        byte[] answer = ConnectExchange.respond(request, own, IDENTITY, CHAIN).encoded();
        SharedSecret secret = ConnectExchange.agreeOnSecret(own, request.clientPublicKey());
        protection = PacketProtection.of(secret, request.encryption());
        secret.destroy();
        own.destroy();
        return answer;
    }

    private static byte[] respond(PacketProtection protection) {
        SlotsResponse nothing = new SlotsResponse(0, List.of());
        return protection.seal(0, nothing.header(), nothing.body(), null);
    }

    private static void send(ChannelHandlerContext context, byte[] packet) {
        ByteBuf wire = context.alloc().buffer(packet.length + DynamicLength.size(packet.length));
        DynamicLength.write(packet.length, wire);
        context.fireChannelRead(wire.writeBytes(packet));
        context.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (protection != null) {
            protection.destroy();
        }
    }
}
