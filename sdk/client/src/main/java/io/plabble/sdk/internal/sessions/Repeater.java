package io.plabble.sdk.internal.sessions;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.internal.SharedSession;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
        return Mono.defer(() -> {
            long deadline = now() + patience;
            AtomicReference<@Nullable PlabbleException> written = new AtomicReference<>();
            return Mono.defer(() -> keeper.session(Duration.ofNanos(Math.max(1, deadline - now())), bytes))
                    .flatMap(session -> send.apply(session)
                            .onErrorMap(
                                    PlabbleException.class,
                                    error -> isRepeatable(error, harmless, session) && now() - deadline < 0
                                            ? new Repeatable(error)
                                            : error))
                    .retryWhen(Retry.indefinitely()
                            .filter(Repeatable.class::isInstance)
                            .doBeforeRetry(signal -> {
                                PlabbleException why = ((Repeatable) signal.failure()).why;
                                if (why.requestWritten()) {
                                    written.set(why);
                                }
                                keeper.journal().repeated(type, why);
                            }))
                    .onErrorMap(PlabbleException.class, last -> telling(last, written.get()));
        });
    }

    /** That nothing came of the last attempt must not hide that an earlier one may have been carried out. */
    private static PlabbleException telling(PlabbleException last, @Nullable PlabbleException written) {
        if (written == null || last.requestWritten()) {
            return last;
        }
        written.addSuppressed(last);
        return written;
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
