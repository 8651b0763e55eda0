package io.plabble.samples.webflux.board;

import io.plabble.protocol.Slot;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A note as the content of a slot: JSON, without the number, which the slot has. */
@Component
class NoteCodec {
    private static final Logger LOG = LoggerFactory.getLogger(NoteCodec.class);

    private final JsonMapper json;

    NoteCodec(JsonMapper json) {
        this.json = json;
    }

    private record Content(UUID id, String author, String text, Instant postedAt) {}

    byte[] write(Note note) {
        return json.writeValueAsBytes(new Content(note.id(), note.author(), note.text(), note.postedAt()));
    }

    /** Empty for what is no note: others who have the bucket's key may have put anything there. */
    Optional<Note> read(Slot slot) {
        try {
            return note(slot, json.readValue(slot.bytes(), Content.class));
        } catch (JacksonException e) {
            LOG.warn(
                    "slot {} does not hold a note: {}",
                    slot.index(),
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static Optional<Note> note(Slot slot, @Nullable Content content) {
        if (content == null
                || content.id() == null
                || content.author() == null
                || content.text() == null
                || content.postedAt() == null) {
            LOG.warn("slot {} holds no complete note", slot.index());
            return Optional.empty();
        }
        return Optional.of(new Note(slot.index(), content.id(), content.author(), content.text(), content.postedAt()));
    }
}
