package io.plabble.samples.webflux.board;

/** There is no room for another note. */
public final class BoardFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BoardFullException() {
        super("The board has no room for more than " + Board.CAPACITY + " notes.");
    }
}
