package io.plabble.sdk;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.crypto.SharedSecret;
import java.net.SocketAddress;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * A connection to a server that has proved its identity, as {@link #authentication()} tells, and the secret that both ends
 * share. It holds a connection until it is closed: close it, or use {@link PlabbleClient#withSession}. Safe for use by
 * several threads.
 */
public interface PlabbleSession extends Disposable {
    /** The 32 bytes that both ends share; erased when the session closes. */
    SharedSecret sharedSecret();

    /** How the server was authenticated. */
    Authentication authentication();

    /** Whether what follows CONNECT is encrypted by Plabble (flag #6); see {@link Encryption} for what that is worth. */
    boolean isEncrypted();

    /** The version of the protocol, 1. */
    int protocolVersion();

    /** The address that the connection goes to. */
    SocketAddress remoteAddress();

    /**
     * Creates a bucket with a new id and key. Keep both: the key never travels and cannot be had again. Cold: each subscription, and so
     * each {@code retry}, creates another bucket.
     *
     * <p>A failure after which the bucket may exist all the same carries its id and key, {@link
     * io.plabble.protocol.PlabbleException#candidate()}, because no other key would ever open it. After a
     * cancel nobody is left to be told: put no {@code timeout} on it, which cancels ({@link PlabbleClient#requestTimeout} does not), and
     * detach it from what may be cancelled. Refused with code 41 if there is a bucket with this id, which is random.
     */
    Mono<Bucket> createBucket(BucketSpec spec);

    /**
     * As {@link #createBucket(BucketSpec)}, but hands over the bucket's id and key before anything is sent, so that they can be written
     * down: whatever happens then, the key is not lost. The key depends on how many requests the session has sent. If others go out
     * meanwhile, {@code keep} is called again with the same id and another key, which replaces the earlier one. So create in a session that is
     * not busy: after being overtaken 16 times it fails with {@link PlabbleLimitException}.
     *
     * @param keep the request is sent when what it returns completes; an error of it is passed on, and nothing is sent
     */
    Mono<Bucket> createBucket(BucketSpec spec, Function<? super BucketCandidate, ? extends Publisher<?>> keep);

    /** A bucket by its id, with what everybody may do. Nothing is sent: whether it exists shows when it is used. */
    Bucket bucket(BucketId id);

    /** A bucket by its id and key, with what the holder of the key may do. Nothing is sent. */
    Bucket bucket(BucketId id, BucketKey key);

    /**
     * How many more requests this session can carry, at most 65,535 (D10): counters are never used twice, and answers and updates
     * use up the server's. 0 once it is being closed or has ended. When there are none left the session ends by itself, after the last answer.
     */
    int remainingRequests();

    /**
     * On subscription, takes no more requests, waits for the answers in flight (at most {@link PlabbleClient#requestTimeout}),
     * closes the connection and erases the secret; completes once that is done, and never fails.
     */
    Mono<Void> close();

    /**
     * Fires once, when the session has ended: completes if this end closed it, and else signals why —
     * {@link PlabbleSessionClosedException} if the peer closed or the counters are used up, {@link
     * io.plabble.protocol.PlabbleProtocolException} if the peer broke the protocol.
     */
    Mono<Void> onClose();

    /** Closes at once, without waiting: requests in flight fail, and say whether they had been written. */
    @Override
    void dispose();
}
