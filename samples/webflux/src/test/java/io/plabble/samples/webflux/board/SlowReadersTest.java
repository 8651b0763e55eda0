package io.plabble.samples.webflux.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** What becomes of a subscriber who does not ask for more while the board grows. */
class SlowReadersTest {
    private static final Duration BOUND = Duration.ofSeconds(10);

    private final TestPublisher<Board> boards = TestPublisher.create();

    @Test
    void heIsGivenEveryNoteOnceWhenHeAsks() {
        StepVerifier.create(BoardFeed.notes(boards.flux(), 0), 0)
                .then(() -> grow(Board.EMPTY, 1000))
                .thenRequest(1)
                .expectNextMatches(note -> note.number() == 0)
                .thenRequest(998)
                .expectNextCount(998)
                .thenRequest(10)
                .expectNextMatches(note -> note.number() == 999)
                .thenCancel()
                .verify(BOUND);
    }

    @Test
    void nothingIsKeptForHimButTheLatestBoard() {
        AtomicInteger dropped = new AtomicInteger();
        Flux<Note> notes =
                BoardFeed.notes(boards.flux(), 0).doOnDiscard(Board.class, board -> dropped.incrementAndGet());

        StepVerifier.create(notes, 0)
                .then(() -> grow(Board.EMPTY, 1000))
                .then(() -> assertThat(dropped.get()).isGreaterThanOrEqualTo(998)) // all but the first and the latest
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(1000)
                .thenCancel()
                .verify(BOUND);
    }

    @Test
    void heBeginsWhereHeLeftOff() {
        StepVerifier.create(BoardFeed.notes(boards.flux(), 3))
                .then(() -> grow(Board.EMPTY, 5))
                .expectNextMatches(note -> note.number() == 3)
                .expectNextMatches(note -> note.number() == 4)
                .thenCancel()
                .verify(BOUND);
    }

    private Board grow(Board board, int by) {
        Board grown = board;
        for (int i = 0; i < by; i++) {
            int number = grown.next();
            grown = grown.with(number, Optional.of(new Note(number, UUID.randomUUID(), "Ada", "x", Instant.EPOCH)));
            boards.next(grown);
        }
        return grown;
    }
}
