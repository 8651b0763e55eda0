package io.plabble.sdk;

/** What happens to a subscriber that is too slow for its buffer of updates. */
public enum UpdateOverflow {
    /** It gets what is buffered, then a {@link PlabbleLimitException} with reason {@code subscriber-overflow}. */
    FAIL,
    /** The update that has waited longest is dropped, and nobody is told. */
    DROP_OLDEST,
    /** The update that has just arrived is dropped, and nobody is told. */
    DROP_LATEST
}
