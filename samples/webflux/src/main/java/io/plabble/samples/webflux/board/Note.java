package io.plabble.samples.webflux.board;

import java.time.Instant;
import java.util.UUID;

/**
 * A note on the board.
 *
 * @param number the slot that it is in, from 0; notes are numbered in the order in which they arrived
 * @param id made by whoever posted it, so that a repeated post is the same note
 */
public record Note(int number, UUID id, String author, String text, Instant postedAt) {
    /** In UTF-16 units, as browsers count. */
    public static final int LONGEST_AUTHOR = 50;

    /** As above. */
    public static final int LONGEST_TEXT = 500;
}
