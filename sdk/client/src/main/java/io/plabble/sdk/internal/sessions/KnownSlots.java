package io.plabble.sdk.internal.sessions;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.plabble.protocol.Slot;
import io.plabble.protocol.internal.crypto.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who follows a bucket has been told of it: a digest of each slot that is not empty, so that contents need not be
 * kept. Some 64 bytes each, 4 MiB for a whole bucket. Used by one thread at a time.
 */
final class KnownSlots {
    private static final byte[] EMPTY = {};

    private final IntObjectMap<Digest> digests = new IntObjectHashMap<>();
    private final MessageDigest sha256 = Sha256.newDigest();

    /** A whole SHA-256: whoever writes the contents must not be able to make two that look the same. */
    private record Digest(long first, long second, long third, long fourth) {
        static Digest of(byte[] hash) {
            ByteBuffer words = ByteBuffer.wrap(hash);
            return new Digest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
        }
    }

    /** This has been told. */
    void told(Slot slot) {
        if (slot.isEmpty()) {
            digests.remove(slot.index());
        } else {
            digests.put(slot.index(), digest(slot));
        }
    }

    /**
     * What has to be told, because the slots are these now; in index order, and those that are empty now among them. Takes it as
     * told.
     *
     * @param filled all filled slots, in index order
     */
    List<Slot> catchUp(List<Slot> filled) {
        List<Slot> changes = new ArrayList<>();
        Set<Integer> empty = new HashSet<>(digests.keySet());
        for (Slot slot : filled) {
            @Nullable Digest known = digests.get(slot.index());
            if (!slot.isEmpty()) {
                empty.remove(slot.index());
                if (!digest(slot).equals(known)) {
                    changes.add(slot);
                }
            }
        }
        empty.forEach(index -> changes.add(Slot.of(index, EMPTY)));
        changes.sort(Comparator.comparingInt(Slot::index));
        changes.forEach(this::told);
        return changes;
    }

    private Digest digest(Slot slot) {
        sha256.update(slot.content());
        return Digest.of(sha256.digest());
    }
}
