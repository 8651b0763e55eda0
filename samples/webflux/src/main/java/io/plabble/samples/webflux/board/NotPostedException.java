package io.plabble.samples.webflux.board;

/** Why a note was not posted, where it is the board's doing and not that of the connection. */
public final class NotPostedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands against it. */
    public enum Why {
        /** There is no room for another note. */
        FULL,
        /** Too many are posting. */
        BUSY,
        /** Another note has this id. */
        ID_TAKEN
    }

    private final Why why;

    NotPostedException(Why why, String message) {
        super(message);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
