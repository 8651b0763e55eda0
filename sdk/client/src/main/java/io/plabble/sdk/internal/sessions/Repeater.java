package io.plabble.sdk.internal.sessions;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.internal.SharedSession;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Sends requests on the session that is live, and again on the next one where that can do no harm. */
final class Repeater {
    private final SessionKeeper keeper;
    private final long patience;

    /** @param patience after that, a request is not begun any more */
    Repeater(SessionKeeper keeper, Duration patience) {
        this.keeper = keeper;
        this.patience = patience.toNanos();
    }

    /**
     * Sends the request on subscription.
     *
     * @param harmless whether it may be carried out twice
     * @param bytes what it has to send
     */
    <T> Mono<T> request(PacketType type, boolean harmless, int bytes, Function<SharedSession, Mono<T>> send) {
        return Mono.defer(() -> new Attempts<>(type, harmless, bytes, send).first());
    }

    /** Of one subscription. */
    private final class Attempts<T> {
        private final PacketType type;
        private final boolean harmless;
        private final int bytes;
        private final Function<SharedSession, Mono<T>> send;
        private final long deadline = now() + patience;
        private volatile @Nullable PlabbleException written;

        Attempts(PacketType type, boolean harmless, int bytes, Function<SharedSession, Mono<T>> send) {
            this.type = type;
            this.harmless = harmless;
            this.bytes = bytes;
            this.send = send;
        }

        /** The usual case, a live session and an answer, does without what repeats: that takes 1.4 kB a request, as much as all the rest. */
        Mono<T> first() {
            SharedSession live = keeper.live();
            return live == null
                    ? all()
                    : send.apply(live).onErrorResume(error -> {
                        if (!(error instanceof PlabbleException known && isRepeatable(known, live))) {
                            return Mono.error(error);
                        }
                        failed(known);
                        return all();
                    });
        }

        private Mono<T> all() {
            return Mono.defer(() -> keeper.session(Duration.ofNanos(Math.max(1, deadline - now())), bytes))
                    .flatMap(session -> send.apply(session)
                            .onErrorMap(
                                    PlabbleException.class,
                                    error -> isRepeatable(error, session) ? new Repeatable(error) : error))
                    .retryWhen(Retry.indefinitely()
                            .filter(Repeatable.class::isInstance)
                            .doBeforeRetry(signal -> failed(((Repeatable) signal.failure()).why)))
                    .onErrorMap(PlabbleException.class, this::telling);
        }

        private boolean isRepeatable(PlabbleException error, SharedSession session) {
            return Repeater.this.isRepeatable(error, harmless, session) && now() - deadline < 0;
        }

        /** Another attempt follows. */
        private void failed(PlabbleException why) {
            if (why.requestWritten()) {
                written = why;
            }
            keeper.journal().repeated(type, why);
        }

        /** That nothing came of the last attempt must not hide that an earlier one may have been carried out. */
        private PlabbleException telling(PlabbleException last) {
            PlabbleException before = written;
            if (before == null || last.requestWritten()) {
                return last;
            }
            before.addSuppressed(last);
            return before;
        }
    }

    private boolean isRepeatable(PlabbleException error, boolean harmless, SharedSession session) {
        return Failures.isEndOfSession(error)
                && !session.hasRoom(
                        0) // else it is of another session, and comes from what the caller does to keep a candidate
                && !keeper.isClosed()
                && (!error.requestWritten() || (harmless && !endedSession(error, session)));
    }

    /** A read that was answered with too much would only be so again. */
    private static boolean endedSession(PlabbleException error, SharedSession session) {
        return error.reason() == Reason.PACKET_TOO_LARGE
                && session.nextToBeAnswered().equals(error.bucketId());
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }

    /** Goes no further than to the operator above. */
    private static final class Repeatable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final PlabbleException why;

        Repeatable(PlabbleException why) {
            super(null, why, false, false);
            this.why = why;
        }
    }
}
