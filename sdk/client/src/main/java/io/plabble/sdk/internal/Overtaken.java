package io.plabble.sdk.internal;

/** A request that had to go out with a certain counter found it used. */
final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
        super("overtaken", null, false, false);
    }
}
