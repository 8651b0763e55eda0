package io.plabble.samples.webflux.board;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.samples.webflux.board.NotPostedException.Why;
import io.plabble.sdk.LastingBucket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Posts, reads and follows notes.
 *
 * <p>No note is lost or doubled, although a connection may break between a request and its answer. An append-only bucket lets
 * nobody fill a slot but the next one, and that once: to put a note into the slot that follows the last known note is a
 * compare-and-set. So it may be repeated on the next session, and who finds the slot taken looks who took it: this very note, or
 * another one, behind which it is tried again.
 */
@Service
public class NoticeBoard {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BoardBucket bucket;
    private final BoardFeed feed;
    private final NoteCodec codec;

    /** Those who post here would only be in each other's way. */
    private final Turns turns = new Turns();

    NoticeBoard(BoardBucket bucket, BoardFeed feed, NoteCodec codec) {
        this.bucket = bucket;
        this.feed = feed;
        this.codec = codec;
    }

    /**
     * What became of a post.
     *
     * @param created false if the note, by its id, was there already
     */
    public record Posted(Note note, boolean created) {}

    /**
     * Puts a note on the board, unless it is there.
     *
     * @return fails with {@link NotPostedException}, or as the SDK does
     */
    public Mono<Posted> post(NewNote note) {
        return feed.reachable().then(turns.next(inTurn(note)));
    }

    /** A turn ends when the note is known here: who is next would only find its slot taken. */
    private Mono<Posted> inTurn(NewNote note) {
        return Mono.zip(bucket.get(), feed.current())
                .flatMap(known -> known.getT2()
                        .find(note.id())
                        .map(there -> posted(note, there))
                        .orElseGet(() -> putAt(known.getT1(), known.getT2().next(), note)))
                .delayUntil(posted -> feed.knows(posted.note().number())
                        .timeout(PATIENCE)
                        .onErrorComplete()); // it is on the board, whatever happens to who follows it
    }

    private Mono<Posted> putAt(LastingBucket bucket, int number, NewNote note) {
        if (number >= Board.CAPACITY) {
            return Mono.error(NoticeBoard::full);
        }
        Note placed = note.at(number);
        return bucket.repeatingWrites()
                .put(number, codec.write(placed))
                .thenReturn(new Posted(placed, true))
                .onErrorResume(Refusal.with(ErrorCode.SLOT_ALREADY_TAKEN), failure -> putBehind(bucket, placed, note));
    }

    private Mono<Posted> putBehind(LastingBucket bucket, Note placed, NewNote note) {
        return bucket.read(SlotRange.of(placed.number(), Board.CAPACITY - 1))
                .collectList()
                .flatMap(taken -> find(note, taken)
                        .map(there -> there.equals(placed) ? Mono.just(new Posted(placed, true)) : posted(note, there))
                        .orElseGet(() -> putAt(bucket, placed.number() + taken.size(), note)));
    }

    private static Mono<Posted> posted(NewNote note, Note there) {
        return note.isSameAs(there) ? Mono.just(new Posted(there, false)) : Mono.error(idTaken(there));
    }

    private Optional<Note> find(NewNote note, List<Slot> slots) {
        return slots.stream()
                .flatMap(slot -> codec.read(slot).stream())
                .filter(found -> found.id().equals(note.id()))
                .findAny();
    }

    /** Whether there is nothing on it yet, as the server says. */
    public Mono<Boolean> isEmpty() {
        return bucket.get().flatMapMany(bucket -> bucket.read(0)).hasElements().map(any -> !any);
    }

    /** The notes behind this number, at most so many, as the server has them. */
    public Flux<Note> read(int after, int limit) {
        int first = after + 1;
        return first >= Board.CAPACITY
                ? Flux.empty()
                : read(SlotRange.of(first, Math.min(first + limit, Board.CAPACITY) - 1));
    }

    /** One note; empty if there is none. */
    public Mono<Note> read(int number) {
        return number >= Board.CAPACITY
                ? Mono.empty()
                : read(SlotRange.slot(number)).next();
    }

    private Flux<Note> read(SlotRange range) {
        return bucket.get()
                .flatMapMany(bucket -> bucket.read(range))
                .flatMapIterable(slot -> codec.read(slot).map(List::of).orElse(List.of()));
    }

    /** The notes behind this number, then each as it arrives; each once and in order. Never ends. */
    public Flux<Note> follow(int after) {
        return feed.notesFrom(after + 1);
    }

    private static NotPostedException full() {
        return new NotPostedException(Why.FULL, "The board has no room for more than " + Board.CAPACITY + " notes.");
    }

    private static NotPostedException idTaken(Note there) {
        return new NotPostedException(
                Why.ID_TAKEN, "Note " + there.number() + " has this id, and says something else.");
    }
}
