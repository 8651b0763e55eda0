package io.plabble.protocol;

import java.util.OptionalInt;

/**
 * Slots of a bucket by their indexes, both ends inclusive (§8), as it is written in a request: a bucket has the slots 0 to
 * 65,535, and what is left open goes to its end. {@code all()} and {@code of(0, 65535)} select the same slots, but are written
 * and compare differently.
 *
 * @param start the first index; absent for the whole bucket
 * @param end the last index; absent for all that follow the first
 */
public record SlotRange(OptionalInt start, OptionalInt end) {
    private static final SlotRange ALL = new SlotRange(OptionalInt.empty(), OptionalInt.empty());

    /** @throws PlabbleConfigurationException for an index outside 0 to 65,535, an end before the start or alone, or null */
    public SlotRange {
        if (start == null || end == null) {
            throw new PlabbleConfigurationException("slot range: its bounds must not be null");
        }
        start.ifPresent(Slot::requireIndex);
        end.ifPresent(Slot::requireIndex);
        if (end.isPresent() && (start.isEmpty() || end.getAsInt() < start.getAsInt())) {
            throw new PlabbleConfigurationException("slot range: its end " + end.getAsInt()
                    + (start.isEmpty() ? " has no start" : " is before its start " + start.getAsInt()));
        }
    }

    /** The whole bucket. */
    public static SlotRange all() {
        return ALL;
    }

    /** From this index to the bucket's end. */
    public static SlotRange from(int start) {
        return new SlotRange(OptionalInt.of(start), OptionalInt.empty());
    }

    /** From {@code start} to {@code end}, both inclusive. */
    public static SlotRange of(int start, int end) {
        return new SlotRange(OptionalInt.of(start), OptionalInt.of(end));
    }

    /** One slot. */
    public static SlotRange slot(int index) {
        OptionalInt bound = OptionalInt.of(index);
        return new SlotRange(bound, bound);
    }

    /** The lowest index in the range. */
    public int first() {
        return start.orElse(0);
    }

    /** The highest index in the range. */
    public int last() {
        return end.orElse(Slot.LAST_INDEX);
    }

    /** Whether the slot with this index is in the range. */
    public boolean contains(int index) {
        return index >= first() && index <= last();
    }

    /** Whether every slot of the other range is in this one. */
    public boolean covers(SlotRange other) {
        return first() <= other.first() && last() >= other.last();
    }

    /** The smallest range that covers both; one that covers the other stays as it is written. */
    public SlotRange hull(SlotRange other) {
        if (covers(other)) {
            return this;
        }
        return other.covers(this) ? other : of(Math.min(first(), other.first()), Math.max(last(), other.last()));
    }

    /** Such as {@code 5..9}, {@code 5..} or {@code all}. */
    @Override
    public String toString() {
        return start.isEmpty()
                ? "all"
                : start.getAsInt() + ".." + (end.isPresent() ? String.valueOf(end.getAsInt()) : "");
    }
}
