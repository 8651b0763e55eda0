package io.plabble.samples.webflux.web;

import io.plabble.samples.webflux.board.NewNote;
import io.plabble.samples.webflux.board.Note;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of a post.
 *
 * @param id for who may have to repeat the post; else it gets one here
 */
record NoteRequest(
        @Nullable UUID id,
        @NotBlank @Size(max = Note.LONGEST_AUTHOR) String author,
        @NotBlank @Size(max = Note.LONGEST_TEXT) String text) {
    NewNote toNote() {
        return new NewNote(id == null ? UUID.randomUUID() : id, author.strip(), text.strip());
    }
}
