package io.plabble.testsupport;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Cuts, joins and changes byte arrays; what is given stays as it is. */
public final class Bytes {
    private Bytes() {}

    /** The first so many. */
    public static byte[] head(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    /** All from this one on. */
    public static byte[] tail(byte[] bytes, int offset) {
        return Arrays.copyOfRange(bytes, offset, bytes.length);
    }

    /** What a buffer has left to read. */
    public static byte[] remaining(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    public static byte[] join(byte[]... parts) {
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(parts));
    }

    /** Each for itself. */
    public static byte[][] single(byte[] bytes) {
        byte[][] pieces = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            pieces[i] = new byte[] {bytes[i]};
        }
        return pieces;
    }

    /** How many bits there are to flip. */
    public static int bits(byte[] bytes) {
        return Byte.SIZE * bytes.length;
    }

    /** All the same but for one bit, counted from the first byte's least significant. */
    public static byte[] flipped(byte[] bytes, int bit) {
        byte[] changed = bytes.clone();
        changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return changed;
    }
}
