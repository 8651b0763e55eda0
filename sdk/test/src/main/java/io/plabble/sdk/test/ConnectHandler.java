package io.plabble.sdk.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleHandshakeException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.crypto.SessionRandom;
import io.plabble.protocol.internal.frame.DynamicLength;
import io.plabble.protocol.internal.packet.ConnectAnswer;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ErrorResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server's side of CONNECT (§4) on one connection, and the faults it has been told to play. */
final class ConnectHandler extends SimpleChannelInboundHandler<ByteBuf> {
    private final Registry registry;
    private final Optional<TestCertificates> certificates;
    private final TestCertificates identity;
    private final boolean encryption;
    private boolean answered;

    ConnectHandler(Registry registry, TestCertificates identity, boolean certificate, boolean encryption) {
        this.registry = registry;
        this.identity = identity;
        this.certificates = certificate ? Optional.of(identity) : Optional.empty();
        this.encryption = encryption;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        registry.accept(context.channel());
        context.fireChannelActive();
        if (!played(FaultPoint.ACCEPTED, context)) {
            // Reactor Netty reads on demand of its own inbound, which this handler stands in front of.
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf packet) {
        if (answered) {
            context.close(); // this server knows no packets after CONNECT
            return;
        }
        answered = true;
        ConnectAnswer answer = answer(ByteBufUtil.getBytes(packet));
        if (!played(FaultPoint.REQUEST_RECEIVED, context)) {
            send(context, answer);
        }
    }

    private ConnectAnswer answer(byte[] packet) {
        try {
            ConnectRequest request = ConnectExchange.receive(packet);
            registry.requests.add(new SeenRequest(
                    request.encryption(), request.certificate(), HexFormat.of().formatHex(request.clientPublicKey())));
            if (request.certificate() && certificates.isEmpty()) {
                return error(ErrorCode.NO_CERTIFICATE_AVAILABLE);
            }
            if (request.encryption() && !encryption) {
                return error(ErrorCode.COULD_NOT_UPGRADE_TO_ENCRYPTED_CONNECTION);
            }
            return respond(request);
        } catch (PlabbleServerException e) {
            return new ErrorResponse(e.code(), e.serverMessage());
        } catch (PlabbleHandshakeException e) { // a low-order client key (D5)
            return error(ErrorCode.BAD_REQUEST);
        }
    }

    private ConnectAnswer respond(ConnectRequest request) {
        SessionKeyPair own = SessionKeyPair.generate(SessionRandom.seeded());
        try {
            SharedSecret secret = ConnectExchange.agreeOnSecret(own, request.clientPublicKey());
            registry.sessions.add(new ServerSession(secret.fingerprint(), request.encryption()));
            secret.destroy();
            List<Certificate> chain = certificates.map(TestCertificates::chain).orElse(List.of());
            return ConnectExchange.respond(request, own, identity.identity(), chain);
        } finally {
            own.destroy();
        }
    }

    private static ErrorResponse error(ErrorCode code) {
        return new ErrorResponse(code.code(), code.meaning());
    }

    private void send(ChannelHandlerContext context, ConnectAnswer answer) {
        @Nullable Fault fault = registry.at(FaultPoint.RESPONSE);
        if (fault instanceof Fault.Rewrite rewrite) {
            write(context, rewrite.change().apply(wire(answer)), rewrite.segment());
            if (rewrite.thenClose()) {
                context.close();
                return;
            }
        } else if (played(FaultPoint.RESPONSE, context)) {
            return;
        } else {
            write(context, wire(answer), Integer.MAX_VALUE);
        }
        if (!played(FaultPoint.RESPONSE_SENT, context) && answer instanceof ErrorResponse) {
            context.close();
        }
    }

    private static byte[] wire(ConnectAnswer answer) {
        byte[] packet = answer.encoded();
        ByteBuf wire = Unpooled.buffer(packet.length + DynamicLength.size(packet.length));
        DynamicLength.write(packet.length, wire);
        return ByteBufUtil.getBytes(wire.writeBytes(packet));
    }

    private static void write(ChannelHandlerContext context, byte[] wire, int segment) {
        for (int from = 0; from < wire.length; from += segment) {
            int length = Math.min(segment, wire.length - from);
            context.writeAndFlush(Unpooled.wrappedBuffer(wire, from, length));
            if (length < segment) {
                break; // also keeps from + segment from overflowing
            }
        }
    }

    /** Plays the fault at this point, if there is one that needs no answer. */
    private boolean played(FaultPoint point, ChannelHandlerContext context) {
        Fault fault = registry.at(point);
        if (fault instanceof Fault.Close) {
            context.close();
        } else if (fault instanceof Fault.Reset) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            context.close();
        } else if (fault instanceof Fault.Refuse error) {
            ChannelFuture written = context.writeAndFlush(
                    Unpooled.wrappedBuffer(wire(new ErrorResponse(error.code(), error.message()))));
            written.addListener(done -> context.close());
        } else {
            return fault instanceof Fault.Silence;
        }
        return true;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
