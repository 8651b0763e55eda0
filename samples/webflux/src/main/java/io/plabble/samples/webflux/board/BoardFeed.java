package io.plabble.samples.webflux.board;

import io.plabble.sdk.PlabbleSessions;
import io.plabble.sdk.SessionsState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/** The board as it grows: one subscription to the bucket, however many browsers look on. */
@Component
class BoardFeed {
    private static final Logger LOG = LoggerFactory.getLogger(BoardFeed.class);

    /** For so long the subscription outlives the last who looked. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final RetryBackoffSpec FOR_EVER = Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
            .maxBackoff(Duration.ofSeconds(10))
            .transientErrors(true);

    private final PlabbleSessions sessions;
    private final Flux<Board> boards;
    private volatile Board latest = Board.EMPTY;

    BoardFeed(PlabbleSessions sessions, BoardBucket bucket, NoteCodec codec) {
        this.sessions = sessions;
        this.boards = bucket.get()
                .flatMapMany(lasting -> lasting.readAndFollow(Board.SLOTS))
                .doOnError(failure -> LOG.warn("the board is not followed for now: {}", failure.toString()))
                .retryWhen(FOR_EVER.filter(failure ->
                        isOpen())) // before the replay, which would tell everybody of the same failure for ever
                .scanWith(() -> latest, (board, update) -> board.with(update.index(), codec.read(update.slot())))
                .doOnNext(board -> latest = board)
                .replay(1)
                .refCount(1, GRACE);
    }

    private boolean isOpen() {
        return sessions.health().state().phase() != SessionsState.Phase.CLOSED;
    }

    /** Completes once there is a session, or tells why there is none. */
    Mono<Void> reachable() {
        return sessions.session().then();
    }

    /** The board as far as it is known here. */
    Mono<Board> current() {
        return boards.next();
    }

    /** Completes once the note of this number is known here, so that who posts it finds it. */
    Mono<Void> knows(int number) {
        return boards.filter(board -> board.next() > number).next().then();
    }

    /**
     * The notes from this number on, then each as it arrives; each once, in order, across all losses, and for ever. Nothing waits here for a
     * subscriber that is slow: he is given from the board what he has not had yet, when he asks for more.
     */
    Flux<Note> notesFrom(int number) {
        return notes(boards, number);
    }

    static Flux<Note> notes(Flux<Board> boards, int from) {
        return Flux.defer(() -> {
            AtomicInteger next = new AtomicInteger(from);
            return boards.onBackpressureLatest()
                    .concatMapIterable(board -> board.from(next.getAndAccumulate(board.next(), Math::max)), 1);
        });
    }
}
