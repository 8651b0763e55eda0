package io.plabble.sdk;

import io.plabble.protocol.Slot;

/**
 * What a subscriber hears of a slot (§8).
 *
 * @param slot the slot with its content as of now
 * @param kind whether this is news
 */
public record SlotUpdate(Slot slot, Kind kind) implements BucketEvent {
    /** Whether a slot's content was there already. */
    public enum Kind {
        /** It was there when following began; only {@link Bucket#readAndFollow} tells. */
        PRESENT,
        /** It has just been put, appended or wiped. */
        CHANGED
    }

    /** 0 to 65,535. */
    public int index() {
        return slot.index();
    }

    /** The content read as UTF-8, malformed bytes replaced. */
    public String text() {
        return slot.text();
    }

    /** Whether the slot is empty now: it was wiped, or put with nothing in it, which look the same (D13). */
    public boolean isEmpty() {
        return slot.isEmpty();
    }
}
