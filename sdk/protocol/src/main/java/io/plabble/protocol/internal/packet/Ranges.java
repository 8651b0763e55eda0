package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.SlotRange;
import java.nio.ByteBuffer;

/** {@code [Start u16 [End u16]]} (§8), as long as the range says: all of a bucket is no bytes at all. */
final class Ranges {
    private static final int BOUND_LENGTH = 2;

    private Ranges() {}

    static int length(SlotRange range) {
        return BOUND_LENGTH
                * ((range.start().isPresent() ? 1 : 0) + (range.end().isPresent() ? 1 : 0));
    }

    static byte[] encode(SlotRange range) {
        byte[] bounds = new byte[length(range)];
        if (range.start().isPresent()) {
            write(range.first(), bounds, 0);
        }
        if (range.end().isPresent()) {
            write(range.last(), bounds, BOUND_LENGTH);
        }
        return bounds;
    }

    private static void write(int bound, byte[] bounds, int offset) {
        bounds[offset] = (byte) (bound >>> 8);
        bounds[offset + 1] = (byte) bound;
    }

    static SlotRange decode(ByteBuffer bounds) {
        return switch (bounds.remaining()) {
            case 0 -> SlotRange.all();
            case BOUND_LENGTH -> SlotRange.from(bound(bounds));
            case 2 * BOUND_LENGTH -> closed(bound(bounds), bound(bounds));
            default -> throw PlabbleProtocolException.malformed("a range of " + bounds.remaining() + " bytes");
        };
    }

    private static SlotRange closed(int start, int end) {
        if (end < start) {
            throw PlabbleProtocolException.malformed("a range that ends before it starts");
        }
        return SlotRange.of(start, end);
    }

    private static int bound(ByteBuffer bounds) {
        return Short.toUnsignedInt(bounds.getShort());
    }
}
