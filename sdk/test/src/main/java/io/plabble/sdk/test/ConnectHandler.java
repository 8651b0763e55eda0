package io.plabble.sdk.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleHandshakeException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.frame.FrameDecoder;
import io.plabble.protocol.internal.packet.ConnectAnswer;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ErrorResponse;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of CONNECT (§4) on one connection, and the faults it has been told to play. What follows a successful
 * exchange is for {@link SessionHandler}, which takes this handler's place.
 */
final class ConnectHandler extends SimpleChannelInboundHandler<ByteBuf> {
    private static final Fault.Rewrite AS_IT_IS =
            new Fault.Rewrite(UnaryOperator.identity(), false, Wire.ONE_SEGMENT);

    private final Registry registry;
    private final Settings settings;
    private final FrameDecoder decoder;
    private boolean answered;
    private @Nullable Agreement agreement;

    /** @param decoder of this connection, which has to take longer packets after CONNECT */
    ConnectHandler(Registry registry, Settings settings, FrameDecoder decoder) {
        this.registry = registry;
        this.settings = settings;
        this.decoder = decoder;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        registry.accept(context.channel());
        context.fireChannelActive();
        if (!played(registry.faults.at(FaultPoint.ACCEPTED), context)) {
            // Reactor Netty reads on demand of its own inbound, which this handler stands in front of.
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf packet) {
        if (answered) { // and silent: a refused connection is closed, and any other has been handed over
            return;
        }
        answered = true;
        ConnectAnswer answer = answer(ByteBufUtil.getBytes(packet));
        if (!played(registry.faults.at(FaultPoint.CONNECT_RECEIVED), context)) {
            send(context, answer);
        }
    }

    private ConnectAnswer answer(byte[] packet) {
        try {
            ConnectRequest request = ConnectExchange.receive(packet);
            registry.requests.add(new SeenRequest(
                    request.encryption(), request.certificate(), HexFormat.of().formatHex(request.clientPublicKey())));
            if (request.certificate() && !settings.certificateAvailable()) {
                return error(ErrorCode.NO_CERTIFICATE_AVAILABLE);
            }
            if (request.encryption() && !settings.encryption()) {
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
        SessionKeyPair own = settings.keyPairs().get();
        try {
            SharedSecret secret = ConnectExchange.agreeOnSecret(own, request.clientPublicKey());
            agreement = new Agreement(secret, request.encryption());
            registry.sessions.add(new ServerSession(secret.fingerprint(), request.encryption()));
            TestCertificates certificates = settings.certificates();
            return ConnectExchange.respond(request, own, certificates.identity(), certificates.chain());
        } finally {
            own.destroy();
        }
    }

    private static ErrorResponse error(ErrorCode code) {
        return new ErrorResponse(code.code(), code.meaning());
    }

    private void send(ChannelHandlerContext context, ConnectAnswer answer) {
        @Nullable Fault fault = registry.faults.at(FaultPoint.CONNECT_ANSWER);
        if (!(fault instanceof Fault.Rewrite) && played(fault, context)) {
            return;
        }
        Fault.Rewrite rewrite = fault instanceof Fault.Rewrite changes ? changes : AS_IT_IS;
        byte[] wire = rewrite.change().apply(Wire.framed(answer.encoded()));
        // Looked up first: who has the answer may change the fault for the next.
        @Nullable Fault after = rewrite.thenClose() ? new Fault.Close() : registry.faults.at(FaultPoint.CONNECT_ANSWER_SENT);
        Wire.write(context.channel(), wire, rewrite.segment());
        if (played(after, context)) {
            return;
        }
        if (agreement == null) {
            context.close();
        } else {
            handOver(context, agreement);
        }
    }

    private void handOver(ChannelHandlerContext context, Agreement agreed) {
        agreement = null;
        decoder.accept(settings.maxPacketSize());
        context.pipeline()
                .replace(
                        this,
                        "plabble.session",
                        new SessionHandler(
                                registry, settings, context.channel(), agreed.secret(), agreed.encrypted()));
    }

    /** Plays the fault, if it is one that needs no answer. */
    private static boolean played(@Nullable Fault fault, ChannelHandlerContext context) {
        if (fault instanceof Fault.Close) {
            context.close();
        } else if (fault instanceof Fault.Reset) {
            Wire.reset(context.channel());
        } else if (fault instanceof Fault.Refuse error) {
            byte[] wire = Wire.framed(new ErrorResponse(error.code(), error.message()).encoded());
            Wire.write(context.channel(), wire, Wire.ONE_SEGMENT).addListener(ChannelFutureListener.CLOSE);
        } else {
            return fault instanceof Fault.Silence;
        }
        return true;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (agreement != null) { // no session has taken it over
            agreement.secret().destroy();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    /** What a successful exchange has led to. */
    private record Agreement(SharedSecret secret, boolean encrypted) {}
}
