package io.plabble.sdk.internal;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.CreateRequest;
import io.plabble.protocol.internal.packet.DeleteRequest;
import io.plabble.protocol.internal.packet.Response;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.packet.TypeFlags;
import io.plabble.protocol.internal.protection.PacketProtection;
import io.plabble.sdk.PlabbleLimitException;
import io.plabble.sdk.PlabbleTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The requests and responses of a session (§6, §7): who waits for which counter. All state belongs to the connection's event
 * loop, where a request's counter, its keys, its encoding and its write are one step, so that the order of counters is the order
 * on the wire. Every response is authenticated in the order in which it comes, whether or not anybody waits for it.
 */
public final class Exchange {
    /** How many messages one end can send: counters 0 to 65,534 (D10). */
    public static final int COUNTERS = 65_535;

    private final ChannelHandlerContext context;
    private final PacketChannel channel;
    private final PacketProtection protection;
    private final boolean encrypted;
    private final Journal journal;
    private final Limits limits;
    private final Admission admission;
    private final String where;
    private final Subscriptions subscriptions;
    private final OpenRequests inFlight = new OpenRequests();
    private final Deadlines deadlines;
    private final Optional<Probe> probe;
    private final Watcher watcher;
    private int nextRequest;
    private int nextResponse;
    private @Nullable SessionEnd draining;
    private volatile @Nullable SessionEnd ended;
    private final AtomicInteger overdue = new AtomicInteger();
    private volatile int remaining;
    private volatile @Nullable BucketId nextToBeAnswered;
    private int low;
    private @Nullable Runnable whenLow;

    Exchange(
            ChannelHandlerContext context,
            PacketChannel channel,
            PacketProtection protection,
            Settings settings,
            Journal journal) {
        this.context = context;
        this.channel = channel;
        this.protection = protection;
        this.encrypted = settings.encrypted();
        this.journal = journal;
        this.limits = settings.limits();
        this.admission = new Admission(limits, "wait for an answer, timed-out and cancelled ones among them");
        this.where = settings.session();
        this.nextRequest = settings.origins().firstRequest();
        this.nextResponse = settings.origins().firstResponse();
        this.deadlines = new Deadlines(context.executor(), inFlight, limits.requestTimeout(), this::expire);
        this.subscriptions = new Subscriptions(this, limits, where);
        this.probe = settings.network().probe().map(silence -> new Probe(this, silence));
        this.watcher = Watcher.of(settings);
        countRemaining();
        probe.ifPresent(Probe::start);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Why the session has ended, if it has; from any thread. */
    @Nullable
    SessionEnd end() {
        return ended;
    }

    /** How many more requests can be answered; from any thread. */
    int remaining() {
        return remaining;
    }

    /** How many requests have been admitted and not been answered, whether or not anybody still waits; from any thread. */
    int requestsInFlight() {
        return admission.requests();
    }

    /** Of a request that is about to be submitted; from any thread. */
    Watch watch(PacketType type, ContextView subscriber) {
        return watcher.request(type, subscriber);
    }

    // ── requests ────────────────────────────────────────────────────────────────────────────────────────────────────

    /**
     * Sends the request on subscription, from any thread.
     *
     * @param onSuccess makes the result, on the event loop; called with every success, whether or not anybody still waits
     */
    <T> Mono<T> request(
            BucketRequest request,
            @Nullable BucketKey key,
            BiFunction<AwaitedRequest<T>, BucketResponse, T> onSuccess) {
        return Mono.create(sink ->
                submit(new AwaitedRequest<>(request, key, onSuccess, sink, watch(request.type(), sink.contextView()))));
    }

    /** As {@link #request}, for the answer itself. Holds on to nothing of the request, whose content is let go when it is written. */
    Mono<BucketResponse> request(BucketRequest request, @Nullable BucketKey key) {
        return request instanceof DeleteRequest delete
                ? delete(delete.bucketId(), delete, key)
                : request(request, key, (pending, response) -> response);
    }

    private Mono<BucketResponse> delete(BucketId bucket, DeleteRequest request, @Nullable BucketKey key) {
        return request(request, key, (pending, response) -> {
            subscriptions.deleted(bucket);
            return response;
        });
    }

    /**
     * As {@link #request}, but only with this counter.
     *
     * @return fails with {@link Overtaken} if another request had it
     */
    <T> Mono<T> request(
            BucketRequest request, int counter, BiFunction<AwaitedRequest<T>, BucketResponse, T> onSuccess) {
        return Mono.create(sink -> submit(new AwaitedRequest<>(
                request, null, counter, onSuccess, sink, watch(request.type(), sink.contextView()))));
    }

    /** What a CREATE of this bucket would make if it went out now, which it does not. */
    Mono<ExpectedBucket> expect(BucketId bucket) {
        return Mono.create(sink -> onLoop(() -> {
            try {
                refuseIfOver();
                BucketKey key = protection.bucketKey(bucket, nextRequest);
                sink.success(new ExpectedBucket(nextRequest, new BucketCandidate(bucket, key)));
            } catch (PlabbleException e) {
                sink.error(e.during(bucket, false, null).locate("CREATE on bucket " + bucket + ", " + where));
            }
        }));
    }

    /** From any thread; beyond the limits the request fails at once. */
    void submit(PendingRequest pending) {
        try {
            admission.admit(pending.size);
        } catch (PlabbleLimitException e) {
            pending.ended(e, where);
            return;
        }
        onLoop(() -> write(pending));
    }

    /** Not bounded, for a request that gives something back. */
    void submitAnyway(PendingRequest pending) {
        admission.admitAnyway(pending.size);
        onLoop(() -> write(pending));
    }

    /** The one step: nothing else can come between the counter and the write. */
    private void write(PendingRequest pending) {
        if (!pending.isAwaited()) {
            forget(pending);
            pending.watch.cancelled();
            return;
        }
        BucketRequest request = pending.request();
        int counter = nextRequest;
        if (!pending.mayHave(counter)) {
            forget(pending);
            pending.watch.cancelled();
            pending.overtaken();
            return;
        }
        byte[] packet;
        BucketCandidate candidate;
        try {
            refuseIfOver();
            packet = seal(counter, request, pending.key);
            candidate = candidate(counter, request); // before the write, which may fail and erase the keys
        } catch (PlabbleException e) {
            forget(pending);
            pending.ended(e, where);
            return;
        }
        nextRequest++;
        inFlight.put(counter, pending);
        channel.expectAnswers();
        journal.sent(request.type(), counter, encrypted, packet);
        ChannelFuture write = context.writeAndFlush(packet);
        write.addListener(done -> admission.written(pending.size));
        pending.written(counter, candidate, write, deadlines.next(counter));
        countRemaining();
    }

    private void refuseIfOver() {
        SessionEnd over = over();
        if (over != null) {
            throw over.exception();
        }
    }

    /** Why no more requests are taken, if they are not. */
    @Nullable
    SessionEnd over() {
        return ended != null ? ended : !context.channel().isActive() ? channel.end() : draining;
    }

    private byte[] seal(int counter, BucketRequest request, @Nullable BucketKey key) {
        try {
            return protection.seal(counter, request.header(), request.body(), key);
        } catch (IllegalStateException e) {
            throw new PlabbleConfigurationException("the key of this bucket has been erased", e);
        }
    }

    private @Nullable BucketCandidate candidate(int counter, BucketRequest request) {
        return request instanceof CreateRequest
                ? new BucketCandidate(request.bucketId(), protection.bucketKey(request.bucketId(), counter))
                : null;
    }

    private void forget(PendingRequest pending) {
        admission.written(pending.size);
        admission.answered();
    }

    /** The place is kept: the answer may still come, and must be known then. */
    private void expire(PendingRequest pending) {
        overdue.incrementAndGet();
        pending.expired(
                new PlabbleTimeoutException("no answer within " + limits.requestTimeout()
                        + "; the request may still be carried out; see requestTimeout(…)"),
                where);
        endIfDrained();
    }

    // ── responses ───────────────────────────────────────────────────────────────────────────────────────────────────

    /** Bytes have come. */
    void heard() {
        probe.ifPresent(Probe::heard);
    }

    /**
     * Takes the next packet without Length.
     *
     * @throws PlabbleProtocolException which ends the session
     */
    void receive(byte[] packet) {
        byte[] header = openHeader(packet);
        ByteBuffer body = protection.openBody(nextResponse, header, packet, null);
        BucketResponse response = BucketResponse.decode(header, body);
        nextResponse++;
        route(response);
        countRemaining();
        if (nextResponse == COUNTERS) {
            channel.end(new SessionEnd.Exhausted());
        }
        endIfDrained();
    }

    private byte[] openHeader(byte[] packet) {
        Optional<PacketType> claimed = Optional.empty();
        try {
            byte[] header = protection.openHeader(nextResponse, packet, Response.HEADER_LENGTH);
            claimed = TypeFlags.claimedType(header[0]);
            return header;
        } finally {
            journal.received(claimed, nextResponse, encrypted, packet);
        }
    }

    /** An answer if a request with its Counter is open, for answers come before updates; else an update, or out of place. */
    private void route(BucketResponse response) {
        int counter = response.requestCounter();
        PendingRequest pending = inFlight.get(counter);
        if (pending != null) {
            pending.check(response);
            inFlight.remove(counter);
            admission.answered();
            if (pending.isOverdue()) {
                overdue.decrementAndGet();
            } else if (inFlight.size() == overdue.get()) {
                deadlines.stop();
            }
            pending.answered(response, where);
        } else if (!(response instanceof SlotsResponse update && subscriptions.update(counter, update.slots()))) {
            throw PlabbleProtocolException.malformed("a " + response.type() + " with Counter " + counter
                    + ", which no open request or subscription has");
        }
    }

    // ── the end ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /** Takes no more requests, and ends the session when every answer is in, or none can be expected; from any thread. */
    void drain(SessionEnd why) {
        onLoop(() -> {
            if (draining == null && ended == null) {
                draining = why;
                remaining = 0;
                endIfDrained();
            }
        });
    }

    /** Answers that are overdue are not waited for: every request has its deadline, and so has this. */
    private void endIfDrained() {
        if (draining != null && !inFlight.areAwaited()) {
            channel.end(draining);
        }
    }

    /** Answers and updates use up the server's counters, requests this end's; the first to run out ends the session. */
    private void countRemaining() {
        int left = Math.max(0, COUNTERS - Math.max(nextRequest, nextResponse + inFlight.size()));
        remaining = ended == null && draining == null ? left : 0;
        Runnable task = whenLow;
        if (task != null && left <= low) {
            whenLow = null;
            Signals.deliver(task);
        }
        if (left == 0) {
            drain(new SessionEnd.Exhausted());
        }
    }

    /**
     * Whether so many counters are left besides one for each request in flight, of which as many count, and not every place waits
     * for an answer that may never come; from any thread.
     */
    boolean hasRoom(int spare) {
        return remaining > spare + Math.min(requestsInFlight(), spare) && overdue.get() < limits.maxRequestsInFlight();
    }

    /** Gives the subscriptions up, if the counters are enough; else their followers hear of the session's end. From any thread. */
    void retire() {
        onLoop(() -> {
            if (remaining > subscriptions.count()) {
                subscriptions.retire();
            }
        });
    }

    /** Runs the task once, when no more than so many requests remain; from any thread. */
    void whenRunningLow(int requests, Runnable task) {
        onLoop(() -> {
            low = requests;
            whenLow = task;
            countRemaining();
        });
    }

    /** The bucket of the request whose answer was to come next when the session ended; from any thread. */
    Optional<BucketId> nextToBeAnswered() {
        return Optional.ofNullable(nextToBeAnswered);
    }

    /** Not even a probe was answered. A session that ends anyway has another reason. */
    void unresponsive(Duration silence) {
        if (draining == null) {
            channel.end(new SessionEnd.Unresponsive(silence, limits.requestTimeout()));
        }
    }

    /** The connection is closed: everybody who still waits hears why. */
    void ended(SessionEnd end) {
        ended = end;
        remaining = 0;
        probe.ifPresent(Probe::stop);
        deadlines.stop();
        List<PendingRequest> waiting = inFlight.removeAll();
        nextToBeAnswered = waiting.isEmpty() ? null : waiting.get(0).bucketId();
        waiting.forEach(pending -> pending.ended(end.exception(), where));
        subscriptions.ended(end);
    }

    // ── the event loop ──────────────────────────────────────────────────────────────────────────────────────────────

    /** At once if this is the event loop already. */
    void onLoop(Runnable task) {
        if (context.executor().inEventLoop()) {
            task.run();
            return;
        }
        try {
            context.executor().execute(task);
        } catch (RejectedExecutionException e) { // the loop was shut down, and the session with it: nobody else is here
            task.run();
        }
    }

    Future<?> schedule(Runnable task, Duration delay) {
        return context.executor().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
