package io.plabble.sdk.internal;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.SlotRange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a subscription covers, and the key that it is made with. */
record Coverage(SlotRange range, @Nullable BucketKey key) {
    /** Whether the follower needs no request of its own: another key is for the server to judge. */
    boolean serves(Follower follower) {
        return range.covers(follower.range) && Objects.equals(key, follower.key);
    }

    /** As much more as the follower needs, with its key. */
    Coverage widenedFor(Follower follower) {
        return new Coverage(range.hull(follower.range), follower.key);
    }

    static Coverage of(Follower follower) {
        return new Coverage(follower.range, follower.key);
    }
}
