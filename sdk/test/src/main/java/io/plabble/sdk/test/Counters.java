package io.plabble.sdk.test;

/** The counters of §6. */
final class Counters {
    /** The last that is ever used (D10). */
    static final int LAST = 65_534;

    private Counters() {}
}
