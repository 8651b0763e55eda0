package io.plabble.sdk.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleHandshakeException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.packet.ConnectAnswer;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ErrorResponse;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of CONNECT (§4) on one connection, and the faults it has been told to play. What follows a successful
 * exchange is for {@link SessionHandler}, which takes this handler's place.
 */
final class ConnectHandler extends SimpleChannelInboundHandler<ByteBuf> {
    /** Answers in one flush; with more, the client would have nothing to do meanwhile. */
    private static final int MOST_TOGETHER = 32;

    private final Registry registry;
    private final Settings settings;
    private final Wire wire;
    private boolean answered;
    private @Nullable Agreement agreement;

    /** @param wire of this connection, which has to take longer packets after CONNECT */
    ConnectHandler(Registry registry, Settings settings, Wire wire) {
        this.registry = registry;
        this.settings = settings;
        this.wire = wire;
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
        Fault.Rewrite rewrite = fault instanceof Fault.Rewrite changes ? changes : Fault.Rewrite.NOTHING;
        // Looked up first: who has the answer may change the fault for the next.
        @Nullable
        Fault after = rewrite.thenClose() ? new Fault.Close() : registry.faults.at(FaultPoint.CONNECT_ANSWER_SENT);
        wire.send(answer.encoded(), rewrite);
        if (played(after, context)) {
            return;
        }
        if (agreement == null) { // the answer is an ERROR
            LingeringClose.close(context.channel());
        } else {
            handOver(context, agreement);
        }
    }

    /** The answers to requests that came together leave together, as those of other servers do. */
    private void handOver(ChannelHandlerContext context, Agreement agreed) {
        agreement = null;
        wire.accept(settings.maxPacketSize());
        context.pipeline()
                .addBefore(context.name(), "plabble.flushes", new FlushConsolidationHandler(MOST_TOGETHER, true))
                .replace(
                        this,
                        "plabble.session",
                        new SessionHandler(
                                registry, settings, context.channel(), wire, agreed.secret(), agreed.encrypted()));
    }

    /** Plays the fault, if it is one that needs no answer. */
    private boolean played(@Nullable Fault fault, ChannelHandlerContext context) {
        if (fault instanceof Fault.Close) {
            context.close();
        } else if (fault instanceof Fault.Cut) {
            Wire.cut(context.channel());
        } else if (fault instanceof Fault.Reset) {
            Wire.reset(context.channel());
        } else if (fault instanceof Fault.Refuse error) {
            wire.send(new ErrorResponse(error.code(), error.message()).encoded(), Fault.Rewrite.NOTHING)
                    .addListener(written -> LingeringClose.close(context.channel()));
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
        LingeringClose.close(context.channel());
    }

    /** What a successful exchange has led to. */
    private record Agreement(SharedSecret secret, boolean encrypted) {}
}
