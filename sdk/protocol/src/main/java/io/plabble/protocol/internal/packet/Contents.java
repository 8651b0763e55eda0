package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.internal.frame.DynamicLength;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** {@code (Length dyn, Content)*}, the body of APPEND, and a part of every slot (§8). */
final class Contents {
    private Contents() {}

    static int length(int content) {
        return Math.addExact(DynamicLength.size(content), content);
    }

    static int length(List<ByteBuffer> contents) {
        return Lengths.sum(contents, content -> length(content.remaining()));
    }

    static byte[] encode(List<ByteBuffer> contents) {
        ByteBuffer body = ByteBuffer.allocate(length(contents));
        contents.forEach(content -> write(content.duplicate(), body));
        return body.array();
    }

    /** Views of the body. */
    static List<ByteBuffer> decode(ByteBuffer body) {
        List<ByteBuffer> contents = new ArrayList<>();
        while (body.hasRemaining()) {
            if (contents.size() == Slots.MOST) {
                throw PlabbleProtocolException.malformed("more contents than a bucket has slots");
            }
            int length = readLength(body);
            contents.add(body.slice(body.position(), length).asReadOnlyBuffer());
            body.position(body.position() + length);
        }
        return contents;
    }

    /** Writes what remains, and moves its position. */
    static void write(ByteBuffer content, ByteBuffer target) {
        DynamicLength.write(content.remaining(), target);
        target.put(content);
    }

    /** The length of the content that follows, which is checked to be there before anything is allocated. */
    static int readLength(ByteBuffer source) {
        int length = DynamicLength.read(source);
        if (length == DynamicLength.INCOMPLETE || length > source.remaining()) {
            throw PlabbleProtocolException.malformed("content that is cut, or beyond the end of the packet");
        }
        return length;
    }
}
