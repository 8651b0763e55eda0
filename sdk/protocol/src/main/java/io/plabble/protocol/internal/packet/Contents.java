package io.plabble.protocol.internal.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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

    static List<ByteBuffer> decode(byte[] encoded) {
        ByteBuf body = Unpooled.wrappedBuffer(encoded);
        List<ByteBuffer> contents = new ArrayList<>();
        while (body.isReadable()) {
            if (contents.size() == Slots.MOST) {
                throw PlabbleProtocolException.malformed("more contents than a bucket has slots");
            }
            contents.add(read(body).asReadOnlyBuffer());
        }
        return contents;
    }

    /** Writes what remains, and moves its position. */
    static void write(ByteBuffer content, ByteBuffer target) {
        DynamicLength.write(content.remaining(), target);
        target.put(content);
    }

    /** A view of the content, which is checked to be there before anything is allocated. */
    static ByteBuffer read(ByteBuf source) {
        int length = DynamicLength.read(source);
        if (length == DynamicLength.INCOMPLETE || length > source.readableBytes()) {
            throw PlabbleProtocolException.malformed("content that is cut, or beyond the end of the packet");
        }
        ByteBuffer content = source.nioBuffer(source.readerIndex(), length);
        source.skipBytes(length);
        return content;
    }
}
