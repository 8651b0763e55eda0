package io.plabble.sdk.internal;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.PlabbleLimitException;
import io.plabble.sdk.SlotUpdate;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

/**
 * One local subscriber of a bucket: what it wants, and what waits for it. The event loop puts in, and the subscriber's demand,
 * from any thread, takes out, so that a slow subscriber delays nobody.
 */
final class Follower {
    /** What is present, for those who do not ask for it. */
    private static final Sinks.Many<Slot> NOTHING = nothing();

    final BucketId bucket;
    final @Nullable BucketKey key;
    final SlotRange range;
    final boolean fromPresent;
    /** The subscriber's. */
    final ContextView context;

    private final Limits limits;
    private final String where;
    private final Sinks.Many<Slot> present;
    private final Queue<SlotUpdate> waiting = new ConcurrentLinkedQueue<>(); // both ends may take from it
    private final Sinks.Many<SlotUpdate> changes =
            Sinks.unsafe().many().unicast().onBackpressureBuffer(waiting);
    private final AtomicInteger buffered = new AtomicInteger();
    private final AtomicLong bufferedBytes = new AtomicLong();
    private volatile boolean gone;
    private int answersAwaited;
    private boolean active;
    private boolean over;

    Follower(
            BucketId bucket,
            @Nullable BucketKey key,
            SlotRange range,
            boolean fromPresent,
            ContextView context,
            Limits limits,
            String where) {
        this.bucket = bucket;
        this.key = key;
        this.range = range;
        this.fromPresent = fromPresent;
        this.context = context;
        this.limits = limits;
        this.where = where;
        this.present = fromPresent
                ? Sinks.unsafe().many().unicast().onBackpressureBuffer(new ConcurrentLinkedQueue<>())
                : NOTHING;
    }

    private static Sinks.Many<Slot> nothing() {
        Sinks.Many<Slot> completed = Sinks.unsafe().many().unicast().onBackpressureBuffer();
        completed.tryEmitComplete();
        return completed;
    }

    /** For one subscriber. The present content is bounded by its packet, not by the buffer, and let go as it is taken. */
    Flux<SlotUpdate> updates() {
        Flux<SlotUpdate> changed = changes.asFlux().doOnNext(this::taken);
        return fromPresent
                ? present.asFlux()
                        .map(slot -> new SlotUpdate(slot, SlotUpdate.Kind.PRESENT))
                        .concatWith(changed)
                : changed;
    }

    /** For one subscriber who follows from the present: what is there comes as a whole. */
    Flux<Followed> followed() {
        return present.asFlux()
                .collectList()
                .<Followed>map(Followed.Present::new)
                .concatWith(changes.asFlux().doOnNext(this::taken).map(update -> new Followed.Changed(update.slot())));
    }

    /** Nobody listens any more; from any thread. */
    void leave() {
        gone = true;
    }

    /** Whether nobody listens any more; from any thread. */
    boolean isGone() {
        return gone;
    }

    void awaitAnswer() {
        answersAwaited++;
    }

    /** The last answer awaited makes it active: what changed before is in it, or is not for this follower. */
    void answered() {
        answersAwaited--;
        activateIfAnswered();
    }

    void activateIfAnswered() {
        if (answersAwaited == 0) {
            active = true;
        }
    }

    void activate() {
        active = true;
    }

    boolean isActive() {
        return active && !over;
    }

    boolean isOver() {
        return over;
    }

    void present(List<Slot> slots) {
        Signals.deliver(() -> {
            slots.forEach(present::tryEmitNext);
            present.tryEmitComplete();
        });
    }

    /** A change, which may be for this follower; too many may end it. */
    void changed(SlotUpdate update) {
        if (isActive() && range.contains(update.slot().index()) && makeRoomFor(update)) {
            buffered.incrementAndGet();
            bufferedBytes.addAndGet(update.slot().length());
            Signals.deliver(() -> changes.tryEmitNext(update));
        }
    }

    private boolean makeRoomFor(SlotUpdate update) {
        while (isFullFor(update)) {
            switch (limits.updateOverflow()) {
                case DROP_LATEST -> {
                    return false;
                }
                case DROP_OLDEST -> {
                    SlotUpdate oldest = waiting.poll();
                    if (oldest == null) {
                        return true; // the subscriber is taking the last one this very moment
                    }
                    taken(oldest);
                }
                case FAIL -> {
                    fail(overflow("the subscriber did not keep up"));
                    return false;
                }
            }
        }
        return true;
    }

    /** Alone, every update fits. */
    private boolean isFullFor(SlotUpdate update) {
        int waitingNow = buffered.get();
        return waitingNow >= limits.updateBuffer()
                || (waitingNow > 0 && bufferedBytes.get() + update.slot().length() > limits.updateBufferBytes());
    }

    private void taken(SlotUpdate update) {
        buffered.decrementAndGet();
        bufferedBytes.addAndGet(-update.slot().length());
    }

    /** Takes over what another, whom nobody has subscribed to, has gathered. */
    void takeOver(Follower other) {
        activate();
        for (SlotUpdate update = other.waiting.poll(); update != null; update = other.waiting.poll()) {
            changed(update);
        }
        if (other.over) {
            fail(overflow("nobody had subscribed yet"));
        }
    }

    private PlabbleException overflow(String why) {
        return located(new PlabbleLimitException(
                Reason.SUBSCRIBER_OVERFLOW,
                why + ", and more than " + limits.updateBuffer() + " updates or " + limits.updateBufferBytes()
                        + " bytes came; see updateBuffer(…), updateBufferBytes(…) and updateOverflow(…)"));
    }

    private PlabbleException located(PlabbleException error) {
        return error.during(bucket, false, null).locate("subscription to bucket " + bucket + ", " + where);
    }

    void ended(SessionEnd end) {
        fail(located(end.exception()));
    }

    void fail(PlabbleException error) {
        over = true;
        Signals.deliver(() -> {
            present.tryEmitError(error);
            changes.tryEmitError(error);
        });
    }

    void complete() {
        over = true;
        Signals.deliver(() -> {
            present.tryEmitComplete();
            changes.tryEmitComplete();
        });
    }
}
