package io.plabble.samples.webflux.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BoardTest {
    private static final int DEFAULT_MAX_PACKET_SIZE = 16 * 1024 * 1024;

    /** Index and Length of a slot, and what stands before the slots (§8, §3), generously. */
    private static final int OVERHEAD_PER_NOTE = 8;

    @Test
    void aFullBoardOfTheLongestNotesFitsIntoOnePacket() {
        // Six bytes are the most that one UTF-16 unit takes in JSON.
        Note longest = new Note(
                0,
                UUID.randomUUID(),
                "\u0001".repeat(Note.LONGEST_AUTHOR),
                "\u0001".repeat(Note.LONGEST_TEXT),
                Instant.now());

        int bytes = new NoteCodec(JsonMapper.builder().build()).write(longest).length;

        assertThat(bytes).isGreaterThan(6 * (Note.LONGEST_AUTHOR + Note.LONGEST_TEXT));
        assertThat(Board.CAPACITY * (bytes + OVERHEAD_PER_NOTE)).isLessThan(DEFAULT_MAX_PACKET_SIZE);
    }

    @Test
    void notesAreAddedInTheOrderOfTheirNumbersAndOnce() {
        Board board =
                Board.EMPTY.with(0, note(0)).with(1, note(1)).with(0, note(0)).with(1, note(1));

        assertThat(board.notes()).extracting(Note::number).containsExactly(0, 1);
        assertThat(board.next()).isEqualTo(2);
    }

    @Test
    void whatIsNoNoteHasANumberAllTheSame() {
        Board board = Board.EMPTY.with(0, note(0)).with(1, Optional.empty()).with(2, note(2));

        assertThat(board.from(0)).extracting(Note::number).containsExactly(0, 2);
        assertThat(board.from(1)).extracting(Note::number).containsExactly(2);
        assertThat(board.from(3)).isEmpty();
        assertThat(board.next()).isEqualTo(3);
    }

    @Test
    void anEarlierBoardStaysAsItWas() {
        Board early = Board.EMPTY.with(0, note(0));
        early.with(1, note(1));

        assertThat(early.notes()).hasSize(1);
    }

    @Test
    void aNoteIsFoundByItsId() {
        Note note = note(0).orElseThrow();
        Board board = Board.EMPTY.with(0, Optional.of(note));

        assertThat(board.find(note.id())).contains(note);
        assertThat(board.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void aNoteIsReadAsItWasWrittenAndWhatIsNoneIsNot() {
        NoteCodec codec = new NoteCodec(JsonMapper.builder().build());
        Note note = new Note(
                7,
                UUID.randomUUID(),
                "Zoë",
                "line\n\"quoted\" \ud83d\ude00",
                Instant.parse("2026-11-26T12:00:00.123Z"));

        assertThat(codec.read(io.plabble.protocol.Slot.of(7, codec.write(note))))
                .contains(note);
        for (String other : new String[] {"", "{", "[]", "null", "7", "{}", "{\"text\":\"only\"}", "{\"id\":\"x\"}"}) {
            assertThat(codec.read(io.plabble.protocol.Slot.of(7, other.getBytes(StandardCharsets.UTF_8))))
                    .as(other)
                    .isEmpty();
        }
    }

    private static Optional<Note> note(int number) {
        return Optional.of(new Note(number, UUID.randomUUID(), "Ada", "note " + number, Instant.EPOCH));
    }
}
