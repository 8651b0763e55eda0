package io.plabble.sdk.internal;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.sdk.PlabbleSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session as those see it who keep one for many, and must know when it is time for the next. */
public interface SharedSession extends PlabbleSession {
    /** Sends the request on subscription. */
    Mono<BucketResponse> request(BucketRequest request, @Nullable BucketKey key);

    /** What is there, as one item, then each change; as {@link io.plabble.sdk.Bucket#readAndFollow}. */
    Flux<Followed> follow(BucketId bucket, @Nullable BucketKey key, SlotRange range);

    /**
     * Whether it can take more requests, now or when some have been answered. Updates use up counters as well, unseen until they
     * have come, and must not keep the answer of what is underway from coming.
     *
     * @param spare how many counters are for updates, and at most how many more for one that each request underway may cause
     */
    boolean hasRoom(int spare);

    /** Runs the task once, on the event loop, when the session can carry no more than so many requests. */
    void whenRunningLow(int requests, Runnable task);

    /**
     * As {@link #close()}, but first gives up the subscriptions. Their followers get what has been changed until then, and then hear
     * that this end has closed the session.
     */
    Mono<Void> retire();

    /** The bucket of the request whose answer was to come next when the session ended, if one was. */
    Optional<BucketId> nextToBeAnswered();
}
