package io.plabble.sdk.internal.sessions;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PacketType;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.LastingBucket;
import io.plabble.sdk.PlabbleSession;
import io.plabble.sdk.PlabbleSessions;
import io.plabble.sdk.SessionsHealth;
import io.plabble.sdk.SessionsSpec;
import io.plabble.sdk.SessionsState;
import io.plabble.sdk.internal.Arguments;
import io.plabble.sdk.internal.Connector;
import io.plabble.sdk.internal.Settings;
import io.plabble.sdk.internal.SharedSession;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What applications hold: hands their calls to the {@link SessionKeeper}, directly or by way of a {@link KeptBucket}. */
public final class KeptSessions implements PlabbleSessions {
    private final Settings settings;
    private final SessionKeeper keeper;
    private final Repeater repeater;

    public KeptSessions(Connector connector, Settings settings, SessionsSpec spec) {
        this.settings = settings;
        Flux<SharedSession> lease =
                connector.withSession(session -> Flux.<SharedSession>never().startWith(session));
        this.keeper = new SessionKeeper(lease, spec, settings.limits(), new SessionsJournal(settings));
        this.repeater = new Repeater(keeper, spec.waitTimeout());
    }

    @Override
    public Mono<PlabbleSession> session() {
        return keeper.session(0).cast(PlabbleSession.class);
    }

    @Override
    public Mono<LastingBucket> createBucket(BucketSpec spec) {
        Arguments.required("bucket spec", spec);
        return create(spec, (session, toBeCreated) -> session.createBucket(toBeCreated));
    }

    @Override
    public Mono<LastingBucket> createBucket(
            BucketSpec spec, Function<? super BucketCandidate, ? extends Publisher<?>> keep) {
        Arguments.required("bucket spec", spec);
        Arguments.required("keep", keep);
        return create(spec, (session, toBeCreated) -> session.createBucket(toBeCreated, keep));
    }

    /** Without a subscription, which would end with this session: whoever follows first begins with an empty bucket. */
    private Mono<LastingBucket> create(BucketSpec spec, BiFunction<SharedSession, BucketSpec, Mono<Bucket>> how) {
        BucketSpec unsubscribed = new BucketSpec(spec.permissions(), spec.lifetimeDays(), spec.ram(), Optional.empty());
        return repeater.request(PacketType.CREATE, false, 0, session -> how.apply(session, unsubscribed))
                .map(bucket -> new KeptBucket(
                        bucket.id(),
                        bucket.key().orElseThrow(),
                        settings.limits(),
                        keeper,
                        repeater,
                        spec.subscription().orElse(null)));
    }

    @Override
    public LastingBucket bucket(BucketId id) {
        return new KeptBucket(id, null, settings.limits(), keeper, repeater, null);
    }

    @Override
    public LastingBucket bucket(BucketId id, BucketKey key) {
        return new KeptBucket(id, Arguments.required("bucket key", key), settings.limits(), keeper, repeater, null);
    }

    @Override
    public Flux<SessionsState> states() {
        return keeper.journal().states();
    }

    @Override
    public SessionsHealth health() {
        return keeper.health();
    }

    @Override
    public Mono<Void> close() {
        return keeper.close();
    }

    @Override
    public void dispose() {
        keeper.dispose();
    }

    @Override
    public boolean isDisposed() {
        return keeper.isClosed();
    }

    @Override
    public String toString() {
        return "PlabbleSessions[" + settings.endpoint().peer() + ", "
                + keeper.health().state().phase() + "]";
    }
}
