package io.plabble.samples.webflux.web;

import io.plabble.samples.webflux.board.NewNote;
import io.plabble.samples.webflux.board.Note;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.IdGenerator;

/**
 * The body of a post.
 *
 * @param id for who may have to repeat the post; else it gets one here
 */
record NoteRequest(
        @Nullable UUID id,

        @NotBlank(message = ONE_TO + Note.LONGEST_AUTHOR)
        @Size(max = Note.LONGEST_AUTHOR, message = ONE_TO + Note.LONGEST_AUTHOR)
        String author,

        @NotBlank(message = ONE_TO + Note.LONGEST_TEXT)
        @Size(max = Note.LONGEST_TEXT, message = ONE_TO + Note.LONGEST_TEXT)
        String text) {
    private static final String ONE_TO = "the number of characters must be from 1 to ";

    NewNote toNote(IdGenerator ids) {
        return new NewNote(id == null ? ids.generateId() : id, author.strip(), text.strip());
    }
}
