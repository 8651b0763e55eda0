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
        ByteBuffer body = ByteBuffer.allocate(length(range));
        range.start().ifPresent(start -> body.putShort((short) start));
        range.end().ifPresent(end -> body.putShort((short) end));
        return body.array();
    }

    static SlotRange decode(byte[] body) {
        ByteBuffer bounds = ByteBuffer.wrap(body);
        return switch (body.length) {
            case 0 -> SlotRange.all();
            case BOUND_LENGTH -> SlotRange.from(bound(bounds));
            case 2 * BOUND_LENGTH -> closed(bound(bounds), bound(bounds));
            default -> throw PlabbleProtocolException.malformed("a range of " + body.length + " bytes");
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
