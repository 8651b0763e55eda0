package io.plabble.samples.webflux.board;

import io.plabble.protocol.SlotRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All notes at one moment, in the order of their numbers; immutable. Nothing on it ever changes or goes away, so that who knows
 * its latest state and how far he has read has missed nothing.
 *
 * @param next the first number that is not taken, as far as is known
 */
record Board(List<Note> notes, int next) {
    /** As many of the longest notes fit into one packet of 16 MiB, in which a session reads them all. */
    static final int CAPACITY = 4096;

    static final SlotRange SLOTS = SlotRange.of(0, CAPACITY - 1);
    static final Board EMPTY = new Board(List.of(), 0);

    /** With what is in slot {@code number}; without a note if there is something else in it. */
    Board with(int number, Optional<Note> note) {
        if (number < next) {
            return this; // told again, after following has begun anew
        }
        return note.map(added -> new Board(append(added), number + 1)).orElseGet(() -> new Board(notes, number + 1));
    }

    /** Copies the references, which is cheap beside the packet that brought the note. */
    private List<Note> append(Note added) {
        List<Note> all = new ArrayList<>(notes.size() + 1);
        all.addAll(notes);
        all.add(added);
        return Collections.unmodifiableList(all);
    }

    Optional<Note> find(UUID id) {
        return notes.stream().filter(note -> note.id().equals(id)).findAny();
    }

    /** Those with this number and above. */
    List<Note> from(int number) {
        int first = notes.size();
        while (first > 0 && notes.get(first - 1).number() >= number) {
            first--;
        }
        return notes.subList(first, notes.size());
    }
}
