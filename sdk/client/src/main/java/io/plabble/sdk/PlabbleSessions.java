package io.plabble.sdk;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One verified session with a server for a whole application. A session ends when its 65,535 counters are used up, and
 * connections break: this renews the one in time and makes the other again, and the buckets that it gives go on across both. Made
 * by {@link PlabbleClient#sessions()}, once; safe for use by several threads.
 *
 * <p>It connects when it is first used. If that fails, whoever waited hears why, and who comes next tries again. A successor is
 * connected while the session still has {@link SessionsSpec#renewAt() a tenth} of its counters; a session that is lost is replaced at
 * once, if it has lived for a while, and else after pauses that grow ({@link SessionsSpec#reconnection()}). The server is
 * verified as strictly each time. A server that cannot be verified, by its certificate, signature or pin or by TLS, and one that
 * answers with an ERROR other than 1, is not tried again before somebody asks: the error is passed on.
 */
public interface PlabbleSessions extends Disposable {
    /**
     * The session that is live now, or will be: never empty. Everybody shares it, so it is not to be closed; and as it may be
     * replaced at any time, ask again for each piece of work. Those that come while it is being connected wait for the same
     * connect, and hear of it on the thread that keeps the session, which must not be blocked.
     *
     * @return fails as {@link PlabbleClient#connect()} does; with {@link PlabbleConnectException} and reason {@code timeout}
     *     after {@link SessionsSpec#waitTimeout()}; with {@link PlabbleLimitException} if as many already wait as {@link
     *     PlabbleClient#maxRequestsInFlight} says; with {@link PlabbleSessionClosedException} once this is closed
     */
    Mono<PlabbleSession> session();

    /**
     * Creates a bucket, as {@link PlabbleSession#createBucket(BucketSpec)} does, and repeats it only if it was certainly not
     * sent. To a {@linkplain BucketSpec#subscribed() subscribed} bucket the server subscribes nobody yet: whoever first follows
     * the returned one hears of everything that is in it by then.
     */
    Mono<LastingBucket> createBucket(BucketSpec spec);

    /**
     * As {@link PlabbleSession#createBucket(BucketSpec, Function)}; each time that it is repeated, {@code keep} is called with
     * another id as well.
     */
    Mono<LastingBucket> createBucket(BucketSpec spec, Function<? super BucketCandidate, ? extends Publisher<?>> keep);

    /** A bucket by its id, with what everybody may do. Nothing is sent. */
    LastingBucket bucket(BucketId id);

    /** A bucket by its id and key, with what the holder of the key may do. Nothing is sent. */
    LastingBucket bucket(BucketId id, BucketKey key);

    /**
     * What becomes of the connection: the current state first, then each change. A subscriber that is slow misses some, never the
     * latest. Completes after {@link SessionsState.Phase#CLOSED}. Signals come on the thread that keeps the session, which must
     * not be blocked.
     */
    Flux<SessionsState> states();

    /** How it is now. */
    SessionsHealth health();

    /**
     * On subscription, makes and gives out no more sessions, fails those who wait, lets the answers come in that are underway (at
     * most {@link PlabbleClient#requestTimeout}) and closes; completes once every session is closed, and never fails.
     */
    Mono<Void> close();

    /** Closes at once, without waiting for answers. */
    @Override
    void dispose();
}
