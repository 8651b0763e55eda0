package io.plabble.samples.webflux.board;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
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

    /** Fails with {@link BoardFullException}, or as the SDK does. */
    public Mono<Posted> post(NewNote note) {
        return turns.next(Mono.zip(
                                bucket.get(),
                                feed.current(),
                                (bucket, board) -> board.find(note.id())
                                        .map(there -> Mono.just(new Posted(there, false)))
                                        .orElseGet(() -> putAt(bucket, board.next(), note)))
                        .flatMap(posted -> posted))
                .delayUntil(posted -> feed.knows(posted.note().number())
                        .timeout(PATIENCE)
                        .onErrorComplete()); // it is on the board, whatever happens to who follows it
    }

    private Mono<Posted> putAt(LastingBucket bucket, int number, NewNote note) {
        if (number >= Board.CAPACITY) {
            return Mono.error(BoardFullException::new);
        }
        Note placed = note.at(number);
        return bucket.repeatingWrites()
                .put(number, codec.write(placed))
                .thenReturn(new Posted(placed, true))
                .onErrorResume(NoticeBoard::isTaken, failure -> putBehind(bucket, number, note));
    }

    private Mono<Posted> putBehind(LastingBucket bucket, int number, NewNote note) {
        return bucket.read(SlotRange.of(number, Board.CAPACITY - 1))
                .collectList()
                .flatMap(taken -> find(note, taken)
                        .map(there -> Mono.just(new Posted(there, true)))
                        .orElseGet(() -> putAt(bucket, number + taken.size(), note)));
    }

    private Optional<Note> find(NewNote note, List<Slot> slots) {
        return slots.stream()
                .flatMap(slot -> codec.read(slot).stream())
                .filter(found -> found.id().equals(note.id()))
                .findAny();
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

    private static boolean isTaken(Throwable failure) {
        return failure instanceof PlabbleServerException refusal
                && refusal.errorCode()
                        .filter(ErrorCode.SLOT_ALREADY_TAKEN::equals)
                        .isPresent();
    }
}
