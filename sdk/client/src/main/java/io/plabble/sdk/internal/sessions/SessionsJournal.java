package io.plabble.sdk.internal.sessions;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.sdk.Gap;
import io.plabble.sdk.SessionsHealth;
import io.plabble.sdk.SessionsState;
import io.plabble.sdk.SessionsState.Phase;
import io.plabble.sdk.internal.Settings;
import io.plabble.sdk.internal.SharedSession;
import io.plabble.sdk.internal.Signals;
import io.plabble.sdk.internal.Watcher;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * What is told of kept sessions: the state to whoever follows it, numbers, a line in the log, and the caller's instrumentation.
 * States are told by the keeper's loop only.
 */
final class SessionsJournal {
    private static final Logger LOG = LoggerFactory.getLogger("io.plabble.sdk.sessions");

    private final String where;
    private final Watcher watcher;
    private final Sinks.Many<SessionsState> states;
    private final AtomicLong failedAttempts = new AtomicLong();
    private final AtomicLong renewals = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();
    private final AtomicLong repeats = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private boolean attempting;
    private volatile SessionsState state = new SessionsState(Phase.IDLE, Optional.empty());

    SessionsJournal(Settings settings) {
        this.where = settings.endpoint().peer() + " over " + settings.endpoint().transport();
        this.watcher = Watcher.of(settings);
        this.states = Sinks.unsafe().many().replay().latestOrDefault(state);
    }

    Flux<SessionsState> states() {
        return states.asFlux().onBackpressureLatest();
    }

    SessionsHealth health(int remainingRequests, int waiting) {
        return new SessionsHealth(
                state,
                remainingRequests,
                waiting,
                failedAttempts.get(),
                renewals.get(),
                losses.get(),
                repeats.get(),
                gaps.get());
    }

    @Nullable
    PlabbleException lastFailure() {
        return state.failure().orElse(null);
    }

    /** Whether an attempt to connect is underway, and not a pause. */
    boolean isAttempting() {
        return attempting;
    }

    /** @param again while there is a session */
    void connecting(boolean again) {
        attempting = true;
        become(again ? Phase.RENEWING : Phase.CONNECTING, lastFailure());
    }

    void connected(boolean renewed, SharedSession session) {
        attempting = false;
        failedAttempts.set(0);
        become(Phase.CONNECTED, null);
        if (renewed) {
            renewals.incrementAndGet();
            LOG.info("{}: renewed, {}", where, session);
            watcher.renewed();
        } else {
            LOG.info("{}: connected, {}", where, session);
        }
    }

    /** The next attempt follows after a pause. */
    void attemptFailed(PlabbleException error, boolean hasSession) {
        attempting = false;
        failedAttempts.incrementAndGet();
        become(hasSession ? Phase.RENEWING : Phase.LOST, error);
        LOG.warn("{}: attempt to connect failed, others follow: {}", where, error.getMessage());
    }

    void gaveUp(PlabbleException error, boolean hasSession) {
        attempting = false;
        failedAttempts.incrementAndGet();
        become(hasSession ? Phase.CONNECTED : Phase.LOST, error);
        LOG.warn("{}: no {} session: {}", where, hasSession ? "new" : "other", error.getMessage());
    }

    /** @param usedUp whether it has carried all that a session can */
    void ended(PlabbleException why, boolean usedUp) {
        become(Phase.LOST, why);
        if (usedUp) {
            LOG.info("{}: the session's counters are used up before there is another", where);
        } else {
            losses.incrementAndGet();
            LOG.warn("{}: session lost: {}", where, why.getMessage());
            watcher.lost(why);
        }
        if (attempting) { // to renew it
            become(Phase.CONNECTING, why);
        }
    }

    void closed() {
        if (state.phase() != Phase.CLOSED) {
            become(Phase.CLOSED, null);
            Signals.deliver(states::tryEmitComplete);
            LOG.info("{}: closed", where);
        }
    }

    /** From any thread, as what follows. */
    void repeated(PacketType type, PlabbleException why) {
        repeats.incrementAndGet();
        LOG.debug("{}: {} is repeated: {}", where, type, why.getMessage());
        watcher.repeated(type, why);
    }

    void gapBridged(BucketId bucket, Gap gap) {
        gaps.incrementAndGet();
        LOG.debug("{}: a gap of {} bridged for bucket {}, with {} changes", where, gap.length(), bucket, gap.changes());
        watcher.gapBridged(gap);
    }

    private void become(Phase phase, @Nullable PlabbleException failure) {
        SessionsState next = new SessionsState(phase, Optional.ofNullable(failure));
        state = next;
        Signals.deliver(() -> states.tryEmitNext(next));
    }
}
