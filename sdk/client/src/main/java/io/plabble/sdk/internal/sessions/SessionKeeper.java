package io.plabble.sdk.internal.sessions;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleConnectException;
import io.plabble.sdk.PlabbleSessionClosedException;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.sdk.Reconnection;
import io.plabble.sdk.SessionsHealth;
import io.plabble.sdk.SessionsSpec;
import io.plabble.sdk.internal.Exchange;
import io.plabble.sdk.internal.Limits;
import io.plabble.sdk.internal.SharedSession;
import io.plabble.sdk.internal.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Keeps one session live. There is at most one attempt to connect at a time; every change of state is a task of {@link #loop}, one
 * after the other, and a session is handed out without it as long as it lasts.
 *
 * <pre>
 * IDLE ──ask──► CONNECTING ──► CONNECTED ──few counters──► RENEWING ──► CONNECTED, and the old one drains
 *                   │    ▲         │                           │
 *                   ▼    │         ▼                           ▼ ended first
 *                  LOST ─┴─ at once, after pauses, or when somebody asks
 * </pre>
 */
final class SessionKeeper {
    private final Flux<SharedSession> lease;
    private final SessionsSpec spec;
    private final SessionsJournal journal;
    private final WaitingRoom waiting;
    private final Scheduler loop = Schedulers.single(Schedulers.parallel());
    private final Sinks.Empty<Void> over = Sinks.empty();
    private final Set<Lease> retiring = new HashSet<>();
    private @Nullable Lease connecting;
    private int shortLived;
    private volatile @Nullable Lease current;
    /** No successor is to be expected: the session gives all that it has. */
    private volatile boolean alone;

    private volatile boolean closed;

    /** @param lease emits a session and then nothing; to cancel it closes the connection, at any time */
    SessionKeeper(Flux<SharedSession> lease, SessionsSpec spec, Limits limits, SessionsJournal journal) {
        this.lease = lease;
        this.spec = spec;
        this.journal = journal;
        this.waiting = new WaitingRoom(limits);
    }

    /** One connect, with as many attempts as it takes, and the session that comes of it. */
    private final class Lease extends BaseSubscriber<SharedSession> {
        private final Context context;
        private final boolean renewal;
        private volatile @Nullable SharedSession session;
        private long since;

        Lease(ContextView context, boolean renewal) {
            this.context = Context.of(context);
            this.renewal = renewal;
        }

        @Override
        public Context currentContext() {
            return context;
        }

        boolean isOpen() {
            SharedSession made = session;
            return made != null && !made.isDisposed();
        }

        boolean livedLong() {
            return now() - since >= spec.reconnection().longestPause().toNanos();
        }

        @Override
        protected void hookOnNext(SharedSession made) {
            session = made;
            since = now();
            Signals.deliver(() -> connected(this, made));
        }

        @Override
        protected void hookOnError(Throwable error) {
            whileOpen(() -> failed(this, Failures.ours(error)));
        }
    }

    SessionsJournal journal() {
        return journal;
    }

    Reconnection reconnection() {
        return spec.reconnection();
    }

    boolean isClosed() {
        return closed;
    }

    SessionsHealth health() {
        Lease now = current;
        SharedSession session = now == null ? null : now.session;
        return journal.health(session == null ? 0 : session.remainingRequests(), waiting.size());
    }

    // ── who asks ────────────────────────────────────────────────────────────────────────────────────────────────────

    /**
     * The live session, waited for no longer than the setting says; from any thread.
     *
     * @param bytes what the one who waits holds meanwhile
     */
    Mono<SharedSession> session(int bytes) {
        return session(spec.waitTimeout(), bytes);
    }

    /** As {@link #session(int)}, with less time. */
    Mono<SharedSession> session(Duration patience, int bytes) {
        return sessionOr(() -> waiting.enter(bytes, this::admit)
                .timeout(patience, Mono.defer(() -> Mono.error(noSessionWithin(patience)))));
    }

    /** The live session, or the next: waited for until nobody tries to connect any more, by as many as there are. */
    Mono<SharedSession> nextSession() {
        return sessionOr(() -> waiting.enterAnyway(this::admit));
    }

    /** The usual case takes no thread and no timer. */
    private Mono<SharedSession> sessionOr(Supplier<Mono<SharedSession>> otherwise) {
        return Mono.defer(() -> {
            SharedSession live = live();
            return live == null ? otherwise.get() : Mono.just(live);
        });
    }

    private void admit(WaitingRoom.Waiter waiter) {
        onLoop(() -> serve(waiter), () -> waiter.fail(closedByUs()));
    }

    /** The session that takes requests, if there is one; from any thread. */
    @Nullable
    SharedSession live() {
        Lease now = current;
        SharedSession session = now == null || closed ? null : now.session;
        return session != null && session.hasRoom(alone ? 0 : lowWater() / 2) ? session : null;
    }

    private PlabbleException noSessionWithin(Duration patience) {
        PlabbleException last = journal.lastFailure();
        return new PlabbleConnectException(
                Reason.TIMEOUT,
                "no session within " + patience + (last == null ? "" : ", after: " + last.getMessage())
                        + "; see waitTimeout(…)",
                last);
    }

    private void serve(WaitingRoom.Waiter waiter) {
        SharedSession live = live();
        if (closed) {
            waiter.fail(closedByUs());
        } else if (live != null) {
            waiter.succeed(live);
        } else {
            waiting.sit(waiter);
            if (connecting == null) {
                goOn(waiter.context());
            }
        }
    }

    private void goOn(ContextView context) {
        Lease now = current;
        if (now == null) {
            connect(attempt(), context, false);
        } else if (now
                .isOpen()) { // its last answers may take a while; the end of one that is closed is about to be told
            renew();
        }
    }

    // ── connecting ──────────────────────────────────────────────────────────────────────────────────────────────────

    private void connect(Flux<SharedSession> attempts, ContextView context, boolean renewal) {
        Lease next = new Lease(context, renewal);
        connecting = next;
        attempts.subscribe(next);
    }

    private Flux<SharedSession> attempt() {
        return Flux.defer(() -> {
            whileOpen(() -> journal.connecting(live() != null));
            return lease.publishOn(loop, 1).concatMap(this::unlessStillborn, 1);
        });
    }

    /** A successor that ended while it was made is a failed attempt, lest it replace a session that lives. */
    private Mono<SharedSession> unlessStillborn(SharedSession made) {
        Lease now = current;
        return made.isDisposed() && now != null && now.isOpen()
                ? made.onClose().then(Mono.error(SessionKeeper::closedBySomebody))
                : Mono.just(made);
    }

    private void renew() {
        connect(attempts(0, List.of()), Context.empty(), true);
    }

    /** A session that was lost too soon is a failed attempt, so that pauses grow from one to the next. */
    private void replace(PlabbleException lost) {
        connect(attempts(shortLived, shortLived == 0 ? List.of() : List.of(lost)), Context.empty(), false);
    }

    /** @param failures those there are already, of which these come first */
    private Flux<SharedSession> attempts(int failures, List<PlabbleException> first) {
        Iterator<PlabbleException> known = first.iterator();
        return Flux.defer(() -> known.hasNext() ? Flux.error(known.next()) : attempt())
                .retryWhen(Failures.pauses(spec.reconnection(), failures - first.size())
                        .filter(Failures::isTransient)
                        .doBeforeRetry(signal -> {
                            if (!first.contains(signal.failure())) {
                                whileOpen(() -> journal.attemptFailed(Failures.ours(signal.failure()), live() != null));
                            }
                        }));
    }

    private void connected(Lease made, SharedSession session) {
        if (closed) {
            made.cancel();
            return;
        }
        Lease old = current;
        connecting = null;
        current = made;
        alone = false;
        journal.connected(made.renewal, session);
        session.whenRunningLow(lowWater(), () -> whileOpen(() -> runningLow(made)));
        session.onClose()
                .subscribe(
                        nothing -> {},
                        error -> whileOpen(() -> ended(made, Failures.ours(error))),
                        () -> whileOpen(() -> ended(made, closedBySomebody())));
        if (old != null && old.session != null) {
            retire(old, old.session);
        }
        if (made.isOpen()) { // else its end is about to be told, and they wait for the next
            waiting.leaveWith(session);
        }
    }

    private int lowWater() {
        return Math.max(1, (int) (Exchange.COUNTERS * spec.renewAt()));
    }

    private void failed(Lease failed, PlabbleException error) {
        if (failed != connecting) {
            return;
        }
        connecting = null;
        shortLived = 0;
        alone = true;
        SharedSession live = live();
        journal.gaveUp(error, live != null);
        if (live != null) {
            waiting.leaveWith(live);
        } else {
            waiting.failAll(error);
        }
    }

    // ── the end of a session ────────────────────────────────────────────────────────────────────────────────────────

    private void runningLow(Lease running) {
        if (running == current && connecting == null) {
            renew();
        }
    }

    /** It has moved out of the way: new requests go to its successor. */
    private void retire(Lease old, SharedSession session) {
        retiring.add(old);
        session.retire().subscribe(nothing -> {}, error -> {}, () -> {
            old.cancel();
            onLoop(() -> retiring.remove(old));
        });
    }

    private void ended(Lease gone, PlabbleException why) {
        if (gone != current) {
            return;
        }
        current = null;
        gone.cancel();
        boolean usedUp = why.reason() == Reason.COUNTER_EXHAUSTED;
        if (!usedUp) {
            shortLived = gone.livedLong() ? 0 : shortLived + 1;
        }
        journal.ended(why, usedUp);
        if (connecting != null && journal.isAttempting()) {
            return; // a successor is on its way
        }
        if (connecting != null) { // after a pause, which was for a session that lived
            connecting.cancel();
        }
        if (usedUp) {
            renew();
        } else {
            replace(why);
        }
    }

    // ── the end of all ──────────────────────────────────────────────────────────────────────────────────────────────

    Mono<Void> close() {
        return Mono.defer(() -> {
            closed = true;
            end(SharedSession::close);
            return over.asMono();
        });
    }

    void dispose() {
        closed = true;
        end(session -> {
            session.dispose();
            return session.close(); // completes when the connection is closed, which whoever closes as well waits for
        });
    }

    private void end(Function<SharedSession, Mono<Void>> how) {
        onLoop(() -> shutDown(how), () -> shutDown(how));
    }

    private void shutDown(Function<SharedSession, Mono<Void>> how) {
        journal.closed();
        waiting.failAll(closedByUs());
        if (connecting != null) {
            connecting.cancel();
        }
        Lease last = current;
        List<Lease> all = new ArrayList<>(retiring);
        if (last != null) {
            all.add(last);
        }
        Flux.fromIterable(all)
                .flatMap(
                        each -> Mono.justOrEmpty(each.session).flatMap(how).doFinally(end -> each.cancel()),
                        Integer.MAX_VALUE)
                .doFinally(end -> over.tryEmitEmpty())
                .subscribe();
    }

    private static PlabbleException closedByUs() {
        return closed("this end has closed the sessions; make others to go on");
    }

    private static PlabbleException closedBySomebody() {
        return closed("somebody closed the session that all share");
    }

    private static PlabbleException closed(String message) {
        return new PlabbleSessionClosedException(Why.CLOSED_BY_US, message, null);
    }

    // ── the loop ────────────────────────────────────────────────────────────────────────────────────────────────────

    private void whileOpen(Runnable task) {
        onLoop(() -> {
            if (!closed) {
                task.run();
            }
        });
    }

    private void onLoop(Runnable task) {
        onLoop(task, () -> {});
    }

    /**
     * The loop has no thread of its own and is never disposed of: that would drop tasks it has taken, and with them people who wait.
     *
     * @param otherwise if somebody has shut down Reactor's schedulers
     */
    private void onLoop(Runnable task, Runnable otherwise) {
        try {
            loop.schedule(() -> Signals.deliver(task));
        } catch (RejectedExecutionException e) {
            otherwise.run();
        }
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }
}
