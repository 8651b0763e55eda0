package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Slot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code (Index u16, Length dyn, Content)*}, the body of PUT and of the answer to REQUEST (§8). At most as many as a bucket has
 * slots: an empty one takes three bytes, but as an object thirty times as much, which no peer may multiply at will.
 */
final class Slots {
    private static final int INDEX_LENGTH = 2;
    static final int MOST = Slot.LAST_INDEX + 1;

    private Slots() {}

    static int length(List<Slot> slots) {
        return Lengths.sum(slots, slot -> INDEX_LENGTH + Contents.length(slot.length()));
    }

    static byte[] encode(List<Slot> slots) {
        ByteBuffer body = ByteBuffer.allocate(length(slots));
        for (Slot slot : slots) {
            Contents.write(slot.content(), body.putShort((short) slot.index()));
        }
        return body.array();
    }

    static List<Slot> decode(ByteBuffer body) {
        List<Slot> slots = new ArrayList<>(1); // as many as most packets hold
        while (body.hasRemaining()) {
            if (body.remaining() < INDEX_LENGTH) {
                throw PlabbleProtocolException.malformed("a slot whose index is cut");
            }
            if (slots.size() == MOST) {
                throw PlabbleProtocolException.malformed("more slots than a bucket has");
            }
            slots.add(read(body));
        }
        return slots;
    }

    /** Lets the slot copy its content out of the body, without a view of it. */
    private static Slot read(ByteBuffer body) {
        int end = body.limit();
        int index = Short.toUnsignedInt(body.getShort());
        int endOfContent = Contents.readLength(body) + body.position();
        Slot slot = Slot.of(index, body.limit(endOfContent));
        body.limit(end).position(endOfContent);
        return slot;
    }
}
