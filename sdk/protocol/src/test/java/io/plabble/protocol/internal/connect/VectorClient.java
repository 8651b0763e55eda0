package io.plabble.protocol.internal.connect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.certificate.VectorChain;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.frame.FrameDecoder;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ConnectResponse;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's part of an exchange in the vectors: the steps of §4 in their order, on bytes instead of a connection. */
final class VectorClient {
    private static final int ENCRYPTION = 0x20;
    private static final int CERTIFICATE = 0x40;

    private final VectorFile file;
    private final VectorCase vector;
    private final SessionKeyPair own;

    VectorClient(VectorFile file, VectorCase vector) {
        this.file = file;
        this.vector = vector;
        this.own = SessionKeyPair.ofPrivateKey(vector.bytes("clientPrivateKey"));
    }

    /** Steps 1 and 2. */
    ConnectRequest request() {
        return ConnectExchange.request(own, vector.hasFlag(ENCRYPTION), vector.hasFlag(CERTIFICATE));
    }

    /** Steps 8 to 12, for the case's {@code responseWithLength} and the end of the stream. */
    SharedSecret connect() {
        List<IdentityKey> pinned =
                vector.has("pinnedIdentity") ? List.of(IdentityKey.of(vector.bytes("pinnedIdentity"))) : List.of();
        ConnectRequest request = request();
        ConnectResponse response = ConnectExchange.response(request, packet());
        List<IdentityKey> candidates = pinned;
        if (request.certificate()) {
            VectorChain.verify(file, vector, response.certificates());
            IdentityKey certified = response.certificates().get(0).publicKey();
            if (!pinned.isEmpty()) {
                ConnectExchange.verifyPin(certified, pinned);
            }
            candidates = List.of(certified);
        }
        ConnectExchange.verifySignature(request, response, candidates);
        ConnectExchange.refuseReflectedKey(request, response);
        return ConnectExchange.agreeOnSecret(own, response.serverPublicKey());
    }

    private byte[] packet() {
        FrameDecoder decoder = new FrameDecoder(ConnectExchange.LONGEST_ANSWER);
        OnePacket answer = new OnePacket(decoder);
        EmbeddedChannel channel = new EmbeddedChannel(decoder, answer);
        channel.writeInbound(Unpooled.wrappedBuffer(vector.bytes("responseWithLength")));
        channel.finish(); // the stream ends; rethrows the decoder's fault
        if (answer.packet == null) {
            throw new PlabbleProtocolException(Reason.CONNECTION_CLOSED, "the stream ended before the answer");
        }
        return answer.packet;
    }

    /** Takes the one answer and lets nothing follow it. */
    private static final class OnePacket extends SimpleChannelInboundHandler<ByteBuf> {
        private final FrameDecoder decoder;
        private byte @Nullable [] packet;

        OnePacket(FrameDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            packet = ByteBufUtil.getBytes(message);
            decoder.expectNothing();
        }
    }
}
