package io.plabble.samples.webflux.board;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A note to be posted.
 *
 * @param id by which a repeated post is known
 */
public record NewNote(UUID id, String author, String text) {
    Note at(int number) {
        return new Note(number, id, author, text, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    boolean isSameAs(Note there) {
        return there.author().equals(author) && there.text().equals(text);
    }
}
