package io.plabble.sdk.internal;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.sdk.Gap;
import io.plabble.sdk.Instrumentation;
import io.plabble.sdk.Instrumentation.Observed;
import io.plabble.sdk.Instrumentation.OpenSession;
import io.plabble.sdk.Instrumentation.Peer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Stands between the SDK and the caller's instrumentation, whose exceptions go no further; costs nothing if there is none. */
public final class Watcher {
    private static final Watcher OFF = new Watcher(null, new Peer("", ""));

    private final @Nullable Instrumentation instrumentation;
    private final Peer peer;

    private Watcher(@Nullable Instrumentation instrumentation, Peer peer) {
        this.instrumentation = instrumentation;
        this.peer = peer;
    }

    public static Watcher of(Settings settings) {
        Endpoint endpoint = settings.endpoint();
        return settings.hooks()
                .instrumentation()
                .map(told -> new Watcher(told, new Peer(endpoint.transport(), endpoint.verifiedHost())))
                .orElse(OFF);
    }

    /** The same, and the instrumentation hears of it. */
    <T> Mono<T> connect(Mono<T> connect) {
        Instrumentation told = instrumentation;
        if (told == null) {
            return connect;
        }
        return Mono.deferContextual(subscriber -> {
            Watch watch = begin(() -> told.connect(peer, subscriber));
            return connect.contextWrite(watch::context)
                    .doOnSuccess(session -> {
                        if (session == null) { // only after a cancel
                            watch.cancelled();
                        } else {
                            watch.succeeded();
                        }
                    })
                    .doOnError(PlabbleException.class, watch::failed)
                    .doOnCancel(watch::cancelled);
        });
    }

    Watch request(PacketType type, ContextView subscriber) {
        Instrumentation told = instrumentation;
        return told == null ? Watch.NONE : begin(() -> told.request(peer, type, subscriber));
    }

    /** Kept sessions: one was replaced, because its counters were running out. */
    public void renewed() {
        tell(told -> told.renewed(peer));
    }

    /** One has ended otherwise. */
    public void lost(PlabbleException why) {
        tell(told -> told.lost(peer, why));
    }

    /** A request is repeated on the next. */
    public void repeated(PacketType type, PlabbleException why) {
        tell(told -> told.repeated(peer, type, why));
    }

    /** Somebody who follows was told what was missed. */
    public void gapBridged(Gap gap) {
        tell(told -> told.gapBridged(peer, gap));
    }

    private void tell(Consumer<Instrumentation> event) {
        Instrumentation told = instrumentation;
        if (told != null) {
            Signals.deliver(() -> event.accept(told));
        }
    }

    private static Watch begin(Supplier<Observed> begin) {
        return Signals.ask(
                () -> new Watch(Arguments.required("what the instrumentation returned", begin.get())), Watch.NONE);
    }

    /** It is open until its connection is closed. */
    void session(Exchange exchange, ConnectionOwner connection) {
        Instrumentation told = instrumentation;
        if (told != null) {
            OpenSession session = new Numbers(peer, exchange);
            Signals.deliver(() -> told.sessionOpened(session));
            connection.whenClosed(() -> Signals.deliver(() -> told.sessionClosed(session)));
        }
    }

    /** Not a record: two sessions are never equal. */
    private static final class Numbers implements OpenSession {
        private final Peer peer;
        private final Exchange exchange;

        Numbers(Peer peer, Exchange exchange) {
            this.peer = peer;
            this.exchange = exchange;
        }

        @Override
        public Peer peer() {
            return peer;
        }

        @Override
        public int requestsInFlight() {
            return exchange.requestsInFlight();
        }

        @Override
        public int remainingRequests() {
            return exchange.remaining();
        }
    }
}
