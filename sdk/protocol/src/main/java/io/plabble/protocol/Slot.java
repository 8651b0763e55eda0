package io.plabble.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** One slot of a bucket and what it holds (§8). A value: what goes in and what comes out are copies or read-only. */
public final class Slot {
    /** The highest index, 65,535. */
    public static final int LAST_INDEX = 0xffff;

    private final int index;
    private final ByteBuffer content;

    private Slot(int index, ByteBuffer content) {
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
        return of(index, ByteBuffer.wrap(requireContent(content)));
    }

    /** A slot with what remains in the buffer, copied; the buffer's position stays. */
    public static Slot of(int index, ByteBuffer content) {
        requireIndex(index);
        return new Slot(index, copy(content));
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
        return content.duplicate();
    }

    /** The content, copied. */
    public byte[] bytes() {
        byte[] bytes = new byte[content.remaining()];
        content().get(bytes);
        return bytes;
    }

    /** The content read as UTF-8, malformed bytes replaced. */
    public String text() {
        return StandardCharsets.UTF_8.decode(content()).toString();
    }

    /** How many bytes it holds. */
    public int length() {
        return content.remaining();
    }

    /** Whether it holds no bytes. */
    public boolean isEmpty() {
        return !content.hasRemaining();
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

    private static ByteBuffer copy(ByteBuffer content) {
        ByteBuffer source = requireContent(content);
        return ByteBuffer.allocate(source.remaining())
                .put(source.duplicate())
                .flip()
                .asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slot that && index == that.index && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(index, content);
    }

    /** Shows index and length, not the content. */
    @Override
    public String toString() {
        return "Slot[" + index + ", " + length() + " bytes]";
    }
}
