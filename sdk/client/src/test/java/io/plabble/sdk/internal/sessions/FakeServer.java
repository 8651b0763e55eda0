package io.plabble.sdk.internal.sessions;

import io.plabble.sdk.internal.SharedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/** What a keeper connects to: the test says what becomes of each attempt, then or beforehand. */
final class FakeServer {
    private final List<Attempt> attempts = new ArrayList<>();
    private Consumer<Attempt> answer = attempt -> {};
    private boolean overlapped;

    /** Emits a session and then nothing; a cancel closes the connection, at any time. */
    Flux<SharedSession> lease() {
        return Flux.create(sink -> {
            overlapped |= attempts.stream().anyMatch(Attempt::isUndecided);
            Attempt attempt = new Attempt(sink, attempts.size() + 1);
            attempts.add(attempt);
            sink.onCancel(attempt::cancelled);
            answer.accept(attempt);
        });
    }

    /** From now on, every attempt at once; otherwise they wait for {@link #accept} or {@link #refuse}. */
    void accepts() {
        answer = Attempt::accept;
    }

    void refuses(Throwable error) {
        answer = attempt -> attempt.refuse(error);
    }

    void hesitates() {
        answer = attempt -> {};
    }

    /** The attempt that is underway. */
    FakeSession accept() {
        return last().accept();
    }

    void refuse(Throwable error) {
        last().refuse(error);
    }

    Attempt last() {
        return attempts.get(attempts.size() - 1);
    }

    List<Attempt> attempts() {
        return attempts;
    }

    /** When they began. */
    List<Duration> times() {
        return attempts.stream().map(attempt -> attempt.began).toList();
    }

    /** What was made of its attempts. */
    List<FakeSession> sessions() {
        return attempts.stream().flatMap(attempt -> attempt.session.stream()).toList();
    }

    FakeSession session() {
        return last().session.orElseThrow();
    }

    /** Whether an attempt was begun before the one before it was decided. */
    boolean hasSeenTwoAttemptsAtOnce() {
        return overlapped;
    }

    static final class Attempt {
        private final Duration began = Duration.ofNanos(Schedulers.parallel().now(TimeUnit.NANOSECONDS));
        private final FluxSink<SharedSession> sink;
        private final int number;
        private Optional<FakeSession> session = Optional.empty();
        private boolean refused;
        private boolean cancelled;

        private Attempt(FluxSink<SharedSession> sink, int number) {
            this.sink = sink;
            this.number = number;
        }

        FakeSession accept() {
            FakeSession made = new FakeSession(number);
            session = Optional.of(made);
            sink.next(made);
            return made;
        }

        void refuse(Throwable error) {
            refused = true;
            sink.error(error);
        }

        private void cancelled() {
            cancelled = true;
            session.ifPresent(FakeSession::connectionIsClosed);
        }

        ContextView context() {
            return sink.contextView();
        }

        boolean isCancelled() {
            return cancelled;
        }

        boolean isUndecided() {
            return session.isEmpty() && !isOver();
        }

        /** Whether nothing is left of it. */
        boolean isOver() {
            return refused || cancelled;
        }
    }
}
