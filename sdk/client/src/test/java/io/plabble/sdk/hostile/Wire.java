package io.plabble.sdk.hostile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.plabble.protocol.internal.frame.DynamicLength;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a server sends, Length included (§1), and where one part of it ends and the next begins.
 *
 * @param boundaries offsets, ascending, neither the beginning nor the end
 */
public record Wire(byte[] bytes, List<Integer> boundaries) {
    /** A packet of these parts behind its own Length. */
    static Wire packet(byte[]... parts) {
        return behind(length(Bytes.concat(parts).length), parts);
    }

    /** A packet of these parts behind another Length; its bytes are parts as well. */
    static Wire behind(byte[] length, byte[]... parts) {
        List<byte[]> all = new ArrayList<>();
        for (byte each : length) {
            all.add(new byte[] {each});
        }
        all.addAll(List.of(parts));
        List<Integer> boundaries = new ArrayList<>();
        int offset = 0;
        for (byte[] part : all) {
            offset += part.length;
            boundaries.add(offset);
        }
        int end = offset;
        return new Wire(
                Bytes.concat(all.toArray(byte[][]::new)),
                boundaries.stream()
                        .distinct()
                        .filter(each -> each > 0 && each < end)
                        .toList());
    }

    /** Bytes that are no packet, or several. */
    static Wire raw(byte[]... parts) {
        return behind(new byte[0], parts);
    }

    static Wire nothing() {
        return raw();
    }

    /** The bytes of a Length (§2). */
    static byte[] length(int value) {
        ByteBuf target = Unpooled.buffer();
        DynamicLength.write(value, target);
        return ByteBufUtil.getBytes(target);
    }

    Wire first(int length) {
        return new Wire(
                Arrays.copyOf(bytes, length),
                boundaries.stream().filter(each -> each < length).toList());
    }

    Wire followedBy(byte[] more) {
        List<Integer> all = new ArrayList<>(boundaries);
        if (bytes.length > 0) {
            all.add(bytes.length);
        }
        return new Wire(Bytes.concat(bytes, more), all);
    }
}
