package io.plabble.sdk.internal;

/** What becomes of the followers of a bucket when a request that changes its subscription has been answered. */
enum Sequel {
    /** Nothing. */
    NONE,
    /** This session had deleted the bucket: they complete. */
    COMPLETE,
    /** This end is about to close the session: they hear so. */
    RETIRE
}
