package io.plabble.sdk.internal.sessions;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.sdk.Authentication;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.internal.Exchange;
import io.plabble.sdk.internal.Followed;
import io.plabble.sdk.internal.SharedSession;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A session without a connection: the test says when its counters run low, when its last answers have come, and how it ends. */
final class FakeSession implements SharedSession {
    private final int number;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Sinks.Empty<Void> end = Sinks.empty();
    private final Sinks.Empty<Void> answered = Sinks.empty();
    private volatile int remaining = Exchange.COUNTERS;
    private volatile int low;
    private volatile Runnable whenLow = () -> {};
    private volatile boolean answersAreUnderway;
    private volatile boolean closesLate;
    private volatile boolean closed;

    FakeSession(int number) {
        this.number = number;
    }

    /** What its keeper has told it, in order: retire, close, dispose. */
    List<String> told() {
        return told;
    }

    /** Of how many requests left it is to tell. */
    int lowWater() {
        return low;
    }

    /** It has so many left, and tells if they are few enough. */
    void has(int requests) {
        hasNotToldThatItHas(requests);
        tellsIfItIsLow();
    }

    void hasNotToldThatItHas(int requests) {
        remaining = requests;
    }

    /** Once, as the real one does. */
    void tellsIfItIsLow() {
        if (remaining <= low && !closed) {
            Runnable task = whenLow;
            whenLow = () -> {};
            task.run();
        }
    }

    void runsLow() {
        has(low);
    }

    /** It is not closed before {@link #answersHaveCome()}, unless at once. */
    void awaitsAnswers() {
        answersAreUnderway = true;
    }

    /** Not even {@link #dispose()} closes it before {@link #connectionIsClosed()}. */
    void closesLate() {
        awaitsAnswers();
        closesLate = true;
    }

    void answersHaveCome() {
        answered.tryEmitEmpty();
    }

    void ends(PlabbleException why) {
        breaks();
        end.tryEmitError(why);
    }

    /** It has ended, and nobody has been told yet: that is for {@link #ends} to do. */
    void breaks() {
        closed = true;
        remaining = 0;
    }

    /** As whoever owns the connection does. */
    void connectionIsClosed() {
        if (!closed) {
            breaks();
            end.tryEmitEmpty();
        }
        answered.tryEmitEmpty();
    }

    @Override
    public Mono<Void> retire() {
        return ending("retire");
    }

    @Override
    public Mono<Void> close() {
        return ending("close");
    }

    private Mono<Void> ending(String how) {
        return Mono.defer(() -> {
            told.add(how);
            remaining = 0;
            return (answersAreUnderway ? answered.asMono() : Mono.<Void>empty()).doFinally(s -> connectionIsClosed());
        });
    }

    @Override
    public void dispose() {
        told.add("dispose");
        if (!closesLate) {
            connectionIsClosed();
        }
    }

    @Override
    public boolean isDisposed() {
        return closed;
    }

    @Override
    public Mono<Void> onClose() {
        return end.asMono();
    }

    @Override
    public int remainingRequests() {
        return remaining;
    }

    @Override
    public boolean hasRoom(int spare) {
        return remaining > spare;
    }

    @Override
    public void whenRunningLow(int requests, Runnable task) {
        low = requests;
        whenLow = task;
        has(remaining);
    }

    @Override
    public String toString() {
        return "session " + number;
    }

    @Override
    public Mono<BucketResponse> request(BucketRequest request, BucketKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Flux<Followed> follow(BucketId bucket, BucketKey key, SlotRange range) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<BucketId> nextToBeAnswered() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SharedSecret sharedSecret() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Authentication authentication() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isEncrypted() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int protocolVersion() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress remoteAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Bucket> createBucket(BucketSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Bucket> createBucket(BucketSpec spec, Function<? super BucketCandidate, ? extends Publisher<?>> keep) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Bucket bucket(BucketId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Bucket bucket(BucketId id, BucketKey key) {
        throw new UnsupportedOperationException();
    }
}
