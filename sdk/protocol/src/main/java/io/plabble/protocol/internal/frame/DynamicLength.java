package io.plabble.protocol.internal.frame;

import io.netty.buffer.ByteBuf;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleProtocolException;
import java.nio.ByteBuffer;

/**
 * The dynamic length of §2: 0 to 268,435,455 in 1 to 4 bytes, least significant 7 bits first; bit #8 says that another byte
 * follows. Every value has one encoding (D2, D3).
 */
public final class DynamicLength {
    public static final int MAX = 0x0fff_ffff;

    /** {@link #read} found no whole length yet. */
    public static final int INCOMPLETE = -1;

    private static final int MOST_BYTES = 4;
    private static final int CONTINUES = 0x80;

    private DynamicLength() {}

    /** How many bytes the value takes, 1 to 4. */
    public static int size(int value) {
        if (value < 0 || value > MAX) {
            throw new PlabbleConfigurationException("length " + value + " is outside 0 to " + MAX);
        }
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;
    }

    public static void write(int value, ByteBuf target) {
        int size = size(value);
        for (int i = 0; i < size; i++) {
            target.writeByte(encodedByte(value, i, size));
        }
    }

    public static void write(int value, ByteBuffer target) {
        int size = size(value);
        for (int i = 0; i < size; i++) {
            target.put((byte) encodedByte(value, i, size));
        }
    }

    private static int encodedByte(int value, int i, int size) {
        int bits = value >>> (7 * i) & 0x7f;
        return i < size - 1 ? bits | CONTINUES : bits;
    }

    /**
     * Reads a length and moves the reader index behind it; or moves nothing and returns {@link #INCOMPLETE}.
     *
     * @throws PlabbleProtocolException with reason {@code malformed} for a fourth byte with bit #8 set, or a length that is
     *     not minimal
     */
    public static int read(ByteBuf source) {
        int available = Math.min(source.readableBytes(), MOST_BYTES);
        int bytes = 0;
        for (int i = 0; i < available; i++) {
            bytes |= source.getUnsignedByte(source.readerIndex() + i) << (8 * i);
        }
        int value = decode(bytes, available);
        if (value != INCOMPLETE) {
            source.skipBytes(size(value));
        }
        return value;
    }

    /** As {@link #read(ByteBuf)}, at and with the position. */
    public static int read(ByteBuffer source) {
        int available = Math.min(source.remaining(), MOST_BYTES);
        int bytes = 0;
        for (int i = 0; i < available; i++) {
            bytes |= Byte.toUnsignedInt(source.get(source.position() + i)) << (8 * i);
        }
        int value = decode(bytes, available);
        if (value != INCOMPLETE) {
            source.position(source.position() + size(value));
        }
        return value;
    }

    /** @param bytes as many as are available, the first one lowest */
    private static int decode(int bytes, int available) {
        int value = 0;
        for (int i = 0; i < available; i++) {
            int next = bytes >>> (8 * i) & 0xff;
            value |= (next & 0x7f) << (7 * i);
            if (next < CONTINUES) {
                if (next == 0 && i > 0) {
                    throw PlabbleProtocolException.malformed("a Length that is not minimal");
                }
                return value;
            }
        }
        if (available == MOST_BYTES) {
            throw PlabbleProtocolException.malformed("a Length of more than four bytes");
        }
        return INCOMPLETE;
    }
}
