package io.plabble.sdk.internal.sessions;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.BucketEvent;
import io.plabble.sdk.Gap;
import io.plabble.sdk.PlabbleTimeoutException;
import io.plabble.sdk.SlotUpdate;
import io.plabble.sdk.SlotUpdate.Kind;
import io.plabble.sdk.internal.Followed;
import io.plabble.sdk.internal.Followed.Changed;
import io.plabble.sdk.internal.Followed.Present;
import io.plabble.sdk.internal.SharedSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * One subscriber of a bucket across sessions. Every session is asked for the range and subscribed to in one request (flag #6);
 * what it then says is compared with what the subscriber has been told. What a session has said is passed on to the last before
 * its end is acted upon, so that the comparison is with what has really been told.
 */
final class Following {
    private final SessionKeeper keeper;
    private final BucketId bucket;
    private final @Nullable BucketKey key;
    private final SlotRange range;
    private final boolean fromPresent;
    private final AtomicReference<@Nullable SlotRange> unheard;
    private final KnownSlots known = new KnownSlots();
    private boolean begun;
    private boolean listening;
    private long deafSince;
    private @Nullable PlabbleException loss;

    /** @param unheard the slots of which everything there is has not been told to anybody yet, for whoever begins first */
    Following(
            SessionKeeper keeper,
            BucketId bucket,
            @Nullable BucketKey key,
            SlotRange range,
            boolean fromPresent,
            AtomicReference<@Nullable SlotRange> unheard) {
        this.keeper = keeper;
        this.bucket = bucket;
        this.key = key;
        this.range = range;
        this.fromPresent = fromPresent;
        this.unheard = unheard;
    }

    /** For one subscription. */
    Flux<BucketEvent> events() {
        return Flux.defer(this::onNextSession)
                .retryWhen(Failures.pauses(keeper.reconnection(), 0)
                        .transientErrors(true)
                        .filter(Busy.class::isInstance)
                        .onRetryExhaustedThrow(
                                (pauses, signal) -> signal.failure().getCause()))
                .retryWhen(Retry.indefinitely().filter(SessionOver.class::isInstance));
    }

    /** The first is waited for as for any request, later ones until nobody tries any more. */
    private Flux<BucketEvent> onNextSession() {
        Mono<SharedSession> next = begun ? keeper.nextSession() : keeper.session(0);
        return next.flatMapMany(session -> session.follow(bucket, key, range)
                .materialize() // an error would overtake what is yet to be told
                .concatMap(heard -> heard(heard, session), 0));
    }

    private Flux<BucketEvent> heard(Signal<Followed> heard, SharedSession session) {
        if (heard.get() instanceof Changed change) {
            known.told(change.slot());
            return Flux.just(new SlotUpdate(change.slot(), Kind.CHANGED));
        } else if (heard.get() instanceof Present present) {
            listening = true;
            return begun ? bridge(present.slots()) : begin(present.slots());
        }
        return heard.getThrowable() == null ? Flux.empty() : ended(Failures.ours(heard.getThrowable()), session);
    }

    private Flux<BucketEvent> begin(List<Slot> present) {
        begun = true;
        SlotRange news = unheard.getAndSet(null);
        present.forEach(known::told);
        return fromPresent
                ? Flux.fromIterable(present).map(slot -> new SlotUpdate(slot, Kind.PRESENT))
                : Flux.fromIterable(present)
                        .filter(slot -> news != null && news.contains(slot.index()))
                        .map(slot -> new SlotUpdate(slot, Kind.CHANGED));
    }

    private Flux<BucketEvent> bridge(List<Slot> present) {
        List<Slot> changes = known.catchUp(present);
        Gap gap = new Gap(Optional.ofNullable(loss), Duration.ofNanos(now() - deafSince), changes.size());
        keeper.journal().gapBridged(bucket, gap);
        return Flux.<BucketEvent>just(gap).concatWith(changed(changes));
    }

    private static Flux<BucketEvent> changed(List<Slot> slots) {
        return Flux.fromIterable(slots).map(slot -> new SlotUpdate(slot, Kind.CHANGED));
    }

    private Flux<BucketEvent> ended(PlabbleException error, SharedSession session) {
        boolean wasListening = listening;
        listening = false;
        if (wasListening) {
            deafSince = now();
            loss = error.reason() == Reason.SESSION_CLOSED || error.reason() == Reason.COUNTER_EXHAUSTED ? null : error;
        }
        if (Failures.isEndOfSession(error) && (wasListening || !wasTooMuch(error, session))) {
            return Flux.error(new SessionOver(error));
        } else if (begun && !wasListening && isBusy(error)) {
            return Flux.error(new Busy(error));
        } else if (isGone(error)) {
            return changed(known.catchUp(List.of())).concatWith(Flux.error(error));
        }
        return Flux.error(error);
    }

    /** Read again, it would end the next session as well. */
    private boolean wasTooMuch(PlabbleException error, SharedSession session) {
        return error.reason() == Reason.PACKET_TOO_LARGE
                && session.nextToBeAnswered().filter(bucket::equals).isPresent();
    }

    private static boolean isBusy(PlabbleException error) {
        return error instanceof PlabbleTimeoutException || error.reason() == Reason.TOO_MANY_REQUESTS;
    }

    private static boolean isGone(PlabbleException error) {
        return error instanceof PlabbleServerException refusal
                && refusal.code() == ErrorCode.BUCKET_DOES_NOT_EXIST.code();
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }

    /** The next session is to be asked; its keeper sees to it that there are pauses. */
    private static final class SessionOver extends Internal {
        private static final long serialVersionUID = 1L;

        SessionOver(PlabbleException cause) {
            super(cause);
        }
    }

    /** The session is to be asked again after a pause. */
    private static final class Busy extends Internal {
        private static final long serialVersionUID = 1L;

        Busy(PlabbleException cause) {
            super(cause);
        }
    }

    /** Goes no further than to the operators above. */
    private abstract static class Internal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Internal(PlabbleException cause) {
            super(null, cause, false, false);
        }
    }
}
