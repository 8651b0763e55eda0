package io.plabble.sdk.internal;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.CreateRequest;
import io.plabble.protocol.internal.protection.PacketProtection;
import io.plabble.sdk.Authentication;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.PlabbleLimitException;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** A session over a connection; whoever opens it sees to it that secret and protection live as long as the connection. */
final class LiveSession implements SharedSession {
    private static final int MOST_OVERTAKEN = 15;

    private final ConnectionOwner connection;
    private final PacketChannel packets;
    private final Exchange exchange;
    private final Settings settings;
    private final SocketAddress remoteAddress;
    private final SharedSecret sharedSecret;
    private final Authentication authentication;
    private final boolean encrypted;

    LiveSession(
            ConnectionOwner connection,
            Settings settings,
            SharedSecret sharedSecret,
            PacketProtection protection,
            Authentication authentication,
            boolean encrypted) {
        this.connection = connection;
        this.packets = connection.packets();
        this.exchange = connection.beginExchange(protection);
        this.settings = settings;
        this.remoteAddress = packets.remoteAddress();
        this.sharedSecret = sharedSecret;
        this.authentication = authentication;
        this.encrypted = encrypted;
        Watcher.of(settings).session(exchange, connection);
    }

    @Override
    public SharedSecret sharedSecret() {
        return sharedSecret;
    }

    @Override
    public Authentication authentication() {
        return authentication;
    }

    @Override
    public boolean isEncrypted() {
        return encrypted;
    }

    @Override
    public int protocolVersion() {
        return ConnectRequest.VERSION;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public Mono<Bucket> createBucket(BucketSpec spec) {
        Arguments.required("bucket spec", spec);
        return Mono.defer(() -> exchange.request(
                request(spec, newId(spec)),
                null, // a CREATE is never authenticated with the key that it makes (D11)
                (pending, response) -> created(spec, pending)));
    }

    @Override
    public Mono<Bucket> createBucket(BucketSpec spec, Function<? super BucketCandidate, ? extends Publisher<?>> keep) {
        Arguments.required("bucket spec", spec);
        Arguments.required("keep", keep);
        return Mono.defer(() -> {
            BucketId id = newId(spec);
            return exchange.expect(id)
                    .flatMap(expected -> Flux.from(Callbacks.publisher(
                                    "keep",
                                    () -> Arguments.required("what keep returned", keep.apply(expected.candidate()))))
                            .then(Mono.defer(() -> create(spec, id, expected.counter()))))
                    .retryWhen(Retry.max(MOST_OVERTAKEN)
                            .filter(Overtaken.class::isInstance)
                            .onRetryExhaustedThrow((spent, signal) -> tooBusy(id)));
        });
    }

    private Mono<Bucket> create(BucketSpec spec, BucketId id, int counter) {
        return exchange.request(request(spec, id), counter, (pending, response) -> created(spec, pending));
    }

    private PlabbleException tooBusy(BucketId id) {
        return new PlabbleLimitException(
                        Reason.TOO_MANY_REQUESTS,
                        "other requests of the session went out before it, " + (MOST_OVERTAKEN + 1)
                                + " times; create it in a session of its own")
                .during(id, false, null)
                .locate("CREATE on bucket " + id + ", " + settings.session());
    }

    private BucketId newId(BucketSpec spec) {
        return settings.origins().bucketIds().apply(spec);
    }

    private static CreateRequest request(BucketSpec spec, BucketId id) {
        return new CreateRequest(id, spec.ram(), spec.subscription());
    }

    private Bucket created(BucketSpec spec, AwaitedRequest<Bucket> pending) {
        BucketCandidate created = Objects.requireNonNull(pending.candidate(), "a CREATE that was answered was written");
        spec.subscription()
                .ifPresent(range ->
                        exchange.subscriptions().created(created, range, pending.counter(), pending.isAwaited()));
        return new LiveBucket(created.id(), created.key(), settings.limits(), exchange);
    }

    @Override
    public Bucket bucket(BucketId id) {
        return new LiveBucket(id, null, settings.limits(), exchange);
    }

    @Override
    public Bucket bucket(BucketId id, BucketKey key) {
        return new LiveBucket(id, Arguments.required("bucket key", key), settings.limits(), exchange);
    }

    @Override
    public Mono<BucketResponse> request(BucketRequest request, @Nullable BucketKey key) {
        return exchange.request(request, key);
    }

    @Override
    public Flux<Followed> follow(BucketId bucket, @Nullable BucketKey key, SlotRange range) {
        return exchange.subscriptions().follow(bucket, key, range, true, Follower::followed);
    }

    @Override
    public boolean hasRoom(int spare) {
        return !connection.isClosed() && exchange.hasRoom(spare);
    }

    @Override
    public void whenRunningLow(int requests, Runnable task) {
        exchange.whenRunningLow(requests, task);
    }

    @Override
    public Optional<BucketId> nextToBeAnswered() {
        return exchange.nextToBeAnswered();
    }

    @Override
    public int remainingRequests() {
        return connection.isClosed() ? 0 : exchange.remaining(); // the exchange hears of the end a little later
    }

    @Override
    public Mono<Void> close() {
        return connection.drain(exchange).doOnTerminate(sharedSecret::destroy).doOnCancel(sharedSecret::destroy);
    }

    @Override
    public Mono<Void> retire() {
        return Mono.fromRunnable(exchange::retire).then(close());
    }

    @Override
    public Mono<Void> onClose() {
        return packets.onClose().onErrorMap(PlabbleException.class, why -> why.locate(settings.session()));
    }

    @Override
    public void dispose() {
        connection.closeNow();
        sharedSecret.destroy();
    }

    @Override
    public boolean isDisposed() {
        return connection.isClosed();
    }

    @Override
    public String toString() {
        return "PlabbleSession[remoteAddress=" + remoteAddress + ", authentication="
                + authentication.getClass().getSimpleName() + ", encrypted=" + encrypted + ", closed=" + isDisposed()
                + "]";
    }
}
