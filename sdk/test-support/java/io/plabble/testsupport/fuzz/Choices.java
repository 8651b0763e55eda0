package io.plabble.testsupport.fuzz;

import java.nio.ByteBuffer;

/** An input as decisions, one after the other; they are all 0 once it is used up. */
public final class Choices {
    private final ByteBuffer input;

    public Choices(byte[] input) {
        this.input = ByteBuffer.wrap(input);
    }

    public boolean hasMore() {
        return input.hasRemaining();
    }

    /** 0 to bound - 1, by one byte. */
    public int below(int bound) {
        return u8() % bound;
    }

    public boolean isTrue() {
        return below(2) == 1;
    }

    public int u8() {
        return hasMore() ? input.get() & 0xff : 0;
    }

    public int u16() {
        return u8() << 8 | u8();
    }

    public int i32() {
        return u16() << 16 | u16();
    }

    /** At most so many. */
    public byte[] bytes(int most) {
        byte[] bytes = new byte[Math.min(most, input.remaining())];
        input.get(bytes);
        return bytes;
    }

    public byte[] rest() {
        return bytes(input.remaining());
    }
}
