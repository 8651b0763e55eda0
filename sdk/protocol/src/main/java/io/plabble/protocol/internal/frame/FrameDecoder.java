package io.plabble.protocol.internal.frame;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import java.util.List;

/**
 * Cuts a byte stream into packets without Length (§1). An announced length is checked before memory is allocated, and after
 * the first fault nothing more is decoded. A stream that ends inside a packet fires {@code truncated}.
 */
public final class FrameDecoder extends ByteToMessageDecoder implements PacketLimit {
    private static final int UNKNOWN = -1;

    private int limit;
    private int announced = UNKNOWN;
    private boolean failed;

    /** @param limit the longest packet taken, in bytes */
    public FrameDecoder(int limit) {
        this.limit = limit;
    }

    /** Here, from the next byte on. */
    @Override
    public void expectNothing() {
        limit = 0;
    }

    @Override
    public void accept(int limit) {
        this.limit = limit;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            decodeFrame(in, out);
        } catch (PlabbleProtocolException e) {
            failed = true;
            in.skipBytes(in.readableBytes());
            context.fireExceptionCaught(e);
        }
    }

    private void decodeFrame(ByteBuf in, List<Object> out) {
        if (limit == 0) {
            throw PlabbleProtocolException.malformed("the peer sent bytes that nothing asked for");
        }
        if (announced == UNKNOWN) {
            int length = DynamicLength.read(in);
            if (length == DynamicLength.INCOMPLETE) {
                return;
            }
            if (length == 0) {
                throw PlabbleProtocolException.malformed("an empty packet");
            }
            if (length > limit) {
                throw new PlabbleProtocolException(
                        Reason.PACKET_TOO_LARGE,
                        "the peer announced a packet of " + length + " bytes, at most " + limit + " are accepted");
            }
            announced = length;
        }
        if (in.readableBytes() >= announced) {
            int length = announced;
            announced = UNKNOWN;
            out.add(in.readRetainedSlice(length));
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(context, in, out);
        if (!failed && out.isEmpty() && (announced != UNKNOWN || in.isReadable())) {
            failed = true;
            context.fireExceptionCaught(
                    new PlabbleProtocolException(Reason.TRUNCATED, "the connection ended inside a packet"));
        }
    }
}
