package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A subscriber's Reactor context reaches whatever runs on its behalf, and with automatic context propagation its thread-locals are
 * there too, whichever thread that happens on.
 */
class ContextTest extends SessionFixture {
    private static final String KEY = "who";
    private static final ThreadLocal<String> WHO = new ThreadLocal<>();

    /** Of the context, and of the thread. */
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void propagate() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, WHO);
        Hooks.enableAutomaticContextPropagation();
    }

    @AfterEach
    void propagateNoMore() {
        Hooks.disableAutomaticContextPropagation();
        ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
    }

    @Test
    void afterAConnectAndInTheTrustStoresSupplier() {
        PlabbleClient asking = client().trust(() -> {
            seen();
            return server.trustStore();
        });
        belongs(asking.connect().doOnNext(item -> seen()).flatMap(PlabbleSession::close), 2);
    }

    @Test
    void inTheWorkOfASession() {
        belongs(
                client().withSession(session -> {
                    seen();
                    return looking().publishOn(Schedulers.parallel()).doOnNext(item -> seen());
                }),
                4);
    }

    @Test
    void afterARequest() {
        Bucket bucket = create(connect(client()));
        belongs(bucket.put(1, "x").doOnSuccess(item -> seen()).then(looking()), 3);
        belongs(bucket.read().doOnNext(item -> seen()).flatMap(slot -> looking()), 3);
        belongs(
                connect(client())
                        .bucket(bucket.id())
                        .put(1, "x")
                        .doOnError(item -> seen())
                        .onErrorResume(e -> looking().then()),
                3);
    }

    @Test
    void whereABucketIsKeptAndAfterItsCreation() {
        PlabbleSession session = connect(client());
        belongs(
                session.createBucket(ALL_PRIVATE, candidate -> {
                            seen();
                            return looking();
                        })
                        .doOnNext(item -> seen()),
                4);
    }

    @Test
    void ofAFollower() {
        Bucket bucket = create(connect(client()));
        done(bucket.put(1, "present"));
        belongs(
                bucket.readAndFollow()
                        .doOnNext(item -> seen())
                        .concatMap(update -> looking())
                        .take(1),
                3);
        Flux<SlotUpdate> changes =
                bucket.updates().mergeWith(bucket.put(1, "changed").then(Mono.empty()));
        belongs(changes.doOnNext(item -> seen()).concatMap(update -> looking()).take(1), 3);
    }

    @Test
    void ofWhoeverUsesKeptSessions() {
        PlabbleSessions sessions = client().sessions();
        belongs(sessions.session().doOnNext(item -> seen()).flatMap(session -> looking()), 3);
        LastingBucket bucket = sessions.createBucket(ALL_PRIVATE).block(BOUND);
        belongs(bucket.put(1, "x").doOnSuccess(item -> seen()).then(looking()), 3);
        belongs(
                bucket.readAndFollow()
                        .doOnNext(item -> seen())
                        .concatMap(update -> looking())
                        .take(1),
                3);
        done(sessions.close());
    }

    private void seen() {
        seen.add(String.valueOf(WHO.get()));
    }

    /** Of the context, too. */
    private Mono<String> looking() {
        return Mono.deferContextual(context -> Mono.just(context.<String>get(KEY)))
                .doOnNext(who -> {
                    seen.add(who);
                    seen();
                });
    }

    /** It is looked at so many times, and everything seen is the subscriber's. */
    private void belongs(Publisher<?> publisher, int times) {
        seen.clear();
        Flux.from(publisher).contextWrite(context -> context.put(KEY, "me")).blockLast(BOUND);
        assertThat(seen).isEqualTo(Collections.nCopies(times, "me"));
        assertThat(WHO.get()).isNull();
    }
}
