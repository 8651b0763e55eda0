package io.plabble.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One slot of a bucket and what it holds (§8). A value: what goes in and what comes out are copies or read-only. */
public final class Slot {
    /** The highest index, 65,535. */
    public static final int LAST_INDEX = 0xffff;

    private final int index;
    private final byte[] content;

    private Slot(int index, byte[] content) {
        this.index = index;
        this.content = content;
    }

    /**
     * A slot with this content.
     *
     * @param index 0 to 65,535
     * @param content copied; may be empty
     * @throws PlabbleConfigurationException for another index, or null
     */
    public static Slot of(int index, byte[] content) {
        requireIndex(index);
        return new Slot(index, requireContent(content).clone());
    }

    /** A slot with what remains in the buffer, copied; the buffer's position stays. */
    public static Slot of(int index, ByteBuffer content) {
        requireIndex(index);
        byte[] copy = new byte[requireContent(content).remaining()];
        content.get(content.position(), copy);
        return new Slot(index, copy);
    }

    /** A slot with this text in UTF-8. */
    public static Slot of(int index, String text) {
        return of(index, requireContent(text).getBytes(StandardCharsets.UTF_8));
    }

    /** 0 to 65,535. */
    public int index() {
        return index;
    }

    /** The content, read-only; each call gives a buffer of its own. */
    public ByteBuffer content() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /** The content, copied. */
    public byte[] bytes() {
        return content.clone();
    }

    /** The content read as UTF-8, malformed bytes replaced. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** How many bytes it holds. */
    public int length() {
        return content.length;
    }

    /** Whether it holds no bytes. */
    public boolean isEmpty() {
        return content.length == 0;
    }

    /** @throws PlabbleConfigurationException outside 0 to 65,535 */
    static void requireIndex(int index) {
        if (index < 0 || index > LAST_INDEX) {
            throw new PlabbleConfigurationException("slot index: " + index + " is outside 0 to " + LAST_INDEX);
        }
    }

    private static <T> T requireContent(T content) {
        if (content == null) {
            throw new PlabbleConfigurationException("slot content: must not be null");
        }
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slot that && index == that.index && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return 31 * index + Arrays.hashCode(content);
    }

    /** Shows index and length, not the content. */
    @Override
    public String toString() {
        return "Slot[" + index + ", " + length() + " bytes]";
    }
}
