package io.plabble.sdk.test;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.Permission;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket as the server keeps it (§8). Changed on the event loop; any thread may look. */
final class StoredBucket {
    private final BucketId id;
    private final BucketKey key;
    private final boolean ram;
    private final Instant created;
    private final Optional<Instant> end;
    private final ConcurrentNavigableMap<Integer, Slot> slots = new ConcurrentSkipListMap<>();

    StoredBucket(BucketId id, BucketKey key, boolean ram, Instant created) {
        this.id = id;
        this.key = key;
        this.ram = ram;
        this.created = created;
        this.end = id.lifetimeDays() == 0
                ? Optional.empty()
                : Optional.of(created.plus(Duration.ofDays(id.lifetimeDays())));
    }

    /** The same for another server: what one changes, empties or erases stays as it is with the other. */
    StoredBucket copy() {
        byte[] secret = key.copy();
        try {
            StoredBucket copy = new StoredBucket(id, BucketKey.of(secret), ram, created);
            copy.slots.putAll(slots);
            return copy;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    BucketKey key() {
        return key;
    }

    /** Whether it ends with its server, as its creator asked (§8); others outlive a restart. */
    boolean isRam() {
        return ram;
    }

    boolean isOver(Instant now) {
        return end.isPresent() && !now.isBefore(end.get());
    }

    /** @param owner whether the caller has proved to hold the bucket's key */
    boolean mayRead(boolean owner) {
        return owner || id.allows(Permission.PUBLIC_READ);
    }

    boolean mayWrite(boolean owner) {
        return id.allows(Permission.PUBLIC_WRITE) || (owner && id.allows(Permission.PRIVATE_WRITE));
    }

    boolean mayAppend(boolean owner) {
        return id.allows(Permission.PUBLIC_APPEND) || (owner && id.allows(Permission.PRIVATE_APPEND));
    }

    boolean mayBeDeleted() {
        return id.allows(Permission.DELETABLE);
    }

    /** The slots of the range that hold data, in index order (D12). */
    List<Slot> read(SlotRange range) {
        return List.copyOf(filled(range));
    }

    boolean holds(int index) {
        return slots.containsKey(index);
    }

    /** The slot after the last filled one (D19); 65,536 if the bucket is full. */
    int next() {
        return slots.isEmpty() ? 0 : slots.lastKey() + 1;
    }

    void put(List<Slot> entries) {
        entries.forEach(entry -> slots.put(entry.index(), entry));
    }

    /** Empties what holds data, and tells what did. */
    List<Slot> wipe(SlotRange range) {
        List<Slot> wiped = read(range);
        filled(range).clear();
        return wiped;
    }

    private Collection<Slot> filled(SlotRange range) {
        return slots.subMap(range.first(), true, range.last(), true).values();
    }
}
