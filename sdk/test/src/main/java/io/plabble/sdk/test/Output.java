package io.plabble.sdk.test;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ErrorResponse;
import io.plabble.protocol.internal.packet.Response;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.protection.PacketProtection;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is sent after CONNECT, in order: protected, with the server counter (§6, §7), and with the faults of
 * {@link FaultPoint#ANSWER}, {@link FaultPoint#ANSWER_SENT} and {@link FaultPoint#UPDATE}.
 */
final class Output {
    private final Channel channel;
    private final Wire wire;
    private final PacketProtection protection;
    private final Faults faults;
    private final Gate<Outgoing> gate;
    private int counter;
    private boolean silent;
    private boolean closed;

    Output(Channel channel, Wire wire, PacketProtection protection, Faults faults, int firstCounter) {
        this.channel = channel;
        this.wire = wire;
        this.protection = protection;
        this.faults = faults;
        this.counter = firstCounter;
        this.gate = new Gate<>(outgoing -> faults.at(outgoing.point()), this::send);
    }

    /** @param last whether the connection is closed after it */
    void answer(BucketResponse answer, boolean last) {
        enter(new Outgoing(FaultPoint.ANSWER, answer, last));
    }

    void update(SlotsResponse update) {
        enter(new Outgoing(FaultPoint.UPDATE, update, false));
    }

    /** Whether nothing is sent any more, and nothing has to be received. */
    boolean isClosed() {
        return closed;
    }

    void release() {
        gate.release();
    }

    void close() {
        end();
        channel.close();
    }

    void reset() {
        end();
        Wire.reset(channel);
    }

    /** The connection is gone, or about to be. */
    void end() {
        closed = true;
        gate.clear();
    }

    private void enter(Outgoing outgoing) {
        if (!closed && !silent) { // what is never sent does not use up a fault either
            gate.enter(outgoing);
        }
    }

    private void send(Outgoing outgoing, @Nullable Fault fault) {
        if (closed || silent || fault instanceof Fault.Silence) {
            return;
        }
        try {
            if (!ended(fault)) {
                write(outgoing, fault);
            }
        } catch (RuntimeException | AssertionError e) { // of a fault's function; of no concern to who made the change
            channel.pipeline().fireExceptionCaught(e);
        }
    }

    private void write(Outgoing outgoing, @Nullable Fault fault) {
        byte[] packet = sealed(plain(outgoing.response(), fault));
        Fault.Rewrite rewrite = fault instanceof Fault.Rewrite changes ? changes : Fault.Rewrite.NOTHING;
        boolean last = outgoing.last() || counter == Counters.LAST || rewrite.thenClose();
        counter++;
        if (last) {
            end();
            wire.send(packet, rewrite).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        // Looked up first: who has the answer may change the fault for the next.
        @Nullable Fault after = outgoing.point() == FaultPoint.ANSWER ? faults.at(FaultPoint.ANSWER_SENT) : null;
        wire.send(packet, rewrite);
        silent = after instanceof Fault.Silence;
        ended(after);
    }

    /** Ends the connection if the fault is to do so. */
    private boolean ended(@Nullable Fault fault) {
        if (fault instanceof Fault.Close) {
            close();
        } else if (fault instanceof Fault.Reset) {
            reset();
        }
        return closed;
    }

    private byte[] sealed(byte[] plain) {
        int headerLength = Math.min(Response.HEADER_LENGTH, plain.length);
        byte[] header = Arrays.copyOf(plain, headerLength);
        byte[] body = Arrays.copyOfRange(plain, headerLength, plain.length);
        return protection.seal(counter, header, body, null);
    }

    /** {@code TypeFlags[1] Counter[2] Body}, in the clear. */
    private static byte[] plain(BucketResponse response, @Nullable Fault fault) {
        if (fault instanceof Fault.Refuse refuse) {
            return plain(new ErrorResponse(response.requestCounter(), refuse.code(), refuse.message()), null);
        }
        byte[] body = response.body();
        byte[] plain = ByteBuffer.allocate(Response.HEADER_LENGTH + body.length)
                .put(response.header())
                .put(body)
                .array();
        return fault instanceof Fault.Forge forge ? forge.change().apply(plain) : plain;
    }

    private record Outgoing(FaultPoint point, BucketResponse response, boolean last) {}
}
