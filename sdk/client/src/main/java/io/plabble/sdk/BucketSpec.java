package io.plabble.sdk;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.Permission;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.SlotRange;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a bucket to be created is like (§8); immutable. Permissions and lifetime are for good: they are part of the bucket's id.
 *
 * <pre>{@code
 * BucketSpec.of(PUBLIC_READ, PRIVATE_APPEND, DELETABLE).lifetimeDays(7).subscribed()
 * }</pre>
 *
 * @param permissions what may be done, besides private read, which is always allowed
 * @param lifetimeDays 1 to 255, or 0: for ever
 * @param ram whether the server is not to persist it
 * @param subscription the range to be subscribed to from the beginning, if any
 */
public record BucketSpec(Set<Permission> permissions, int lifetimeDays, boolean ram, Optional<SlotRange> subscription) {

    /** @throws PlabbleConfigurationException for a lifetime outside 0 to 255 days, or null */
    public BucketSpec {
        if (permissions == null
                || permissions.stream().anyMatch(permission -> permission == null)
                || subscription == null) {
            throw new PlabbleConfigurationException("bucket spec: permissions and subscription must not be null");
        }
        permissions = Set.copyOf(permissions);
        if (lifetimeDays < 0 || lifetimeDays > BucketId.LONGEST_LIFETIME) {
            throw new PlabbleConfigurationException("bucket lifetime: " + lifetimeDays
                    + " days is outside 0 (for ever) to " + BucketId.LONGEST_LIFETIME);
        }
    }

    /** A bucket that lives for ever, is persisted, and allows this. */
    public static BucketSpec of(Permission... permissions) {
        if (permissions == null || Arrays.stream(permissions).anyMatch(permission -> permission == null)) {
            throw new PlabbleConfigurationException("bucket permissions: must not be null");
        }
        EnumSet<Permission> set = EnumSet.noneOf(Permission.class);
        set.addAll(Arrays.asList(permissions));
        return new BucketSpec(set, 0, false, Optional.empty());
    }

    /**
     * The server forgets the bucket after so many days.
     *
     * @param days 1 to 255, or 0: for ever
     * @throws PlabbleConfigurationException for other days
     */
    public BucketSpec lifetimeDays(int days) {
        return new BucketSpec(permissions, days, ram, subscription);
    }

    /** A RAM bucket: the server does not persist it. */
    public BucketSpec inMemory() {
        return new BucketSpec(permissions, lifetimeDays, true, subscription);
    }

    /**
     * Subscribes to the whole bucket with its creation, so that the first {@link Bucket#updates()} of the returned bucket misses nothing.
     * Until somebody follows, {@link PlabbleClient#updateBuffer} updates are kept; beyond them {@link PlabbleClient#updateOverflow}
     * decides, and with {@link UpdateOverflow#FAIL} it is that first subscriber who hears of it.
     */
    public BucketSpec subscribed() {
        return subscribed(SlotRange.all());
    }

    /** As {@link #subscribed()}, to some slots. */
    public BucketSpec subscribed(SlotRange range) {
        if (range == null) {
            throw new PlabbleConfigurationException("slot range: must not be null");
        }
        return new BucketSpec(permissions, lifetimeDays, ram, Optional.of(range));
    }
}
