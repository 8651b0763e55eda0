package io.plabble.sdk.internal.sessions;

import io.plabble.protocol.PlabbleException;
import io.plabble.sdk.PlabbleLimitException;
import io.plabble.sdk.internal.Admission;
import io.plabble.sdk.internal.Limits;
import io.plabble.sdk.internal.SharedSession;
import io.plabble.sdk.internal.Signals;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/** Who waits for a session: as many requests, and with as many bytes, as may wait for the answers of one; and whoever follows. */
final class WaitingRoom {
    private final Admission admission;
    private final AtomicInteger regulars = new AtomicInteger();
    private final Set<Waiter> seated = new LinkedHashSet<>();

    WaitingRoom(Limits limits) {
        this.admission = new Admission(limits, "wait for a session");
    }

    /** From any thread: how many wait. */
    int size() {
        return admission.requests() + regulars.get();
    }

    /**
     * On subscription, from any thread; fails with {@link PlabbleLimitException} if there is no room.
     *
     * @param admitted is to see to the one who has come in
     */
    Mono<SharedSession> enter(int bytes, Consumer<Waiter> admitted) {
        return Mono.create(sink -> {
            try {
                admission.admit(bytes);
            } catch (PlabbleLimitException full) {
                sink.error(full);
                return;
            }
            let(sink, admitted, () -> {
                admission.written(bytes);
                admission.answered();
            });
        });
    }

    /** As {@link #enter}, but nobody is turned away, or takes a place: for those who were here before, and hold nothing meanwhile. */
    Mono<SharedSession> enterAnyway(Consumer<Waiter> admitted) {
        return Mono.create(sink -> {
            regulars.incrementAndGet();
            let(sink, admitted, regulars::decrementAndGet);
        });
    }

    private static void let(MonoSink<SharedSession> sink, Consumer<Waiter> in, Runnable out) {
        Waiter waiter = new Waiter(sink);
        sink.onDispose(() -> {
            waiter.gone = true;
            out.run();
        });
        in.accept(waiter);
    }

    /** Until there is a session, or none can be expected. On the keeper's loop, as all that follows. */
    void sit(Waiter waiter) {
        if (seated.size() >= 2 * size()) { // not each time, which would take ages where many wait
            seated.removeIf(other -> other.gone);
        }
        seated.add(waiter);
    }

    void leaveWith(SharedSession session) {
        everybody().forEach(waiter -> waiter.succeed(session));
    }

    void failAll(PlabbleException error) {
        everybody().forEach(waiter -> waiter.fail(error));
    }

    private List<Waiter> everybody() {
        List<Waiter> all = List.copyOf(seated);
        seated.clear();
        return all;
    }

    /** One who waits, and may give up at any time. */
    static final class Waiter {
        private final MonoSink<SharedSession> sink;
        private volatile boolean gone;

        Waiter(MonoSink<SharedSession> sink) {
            this.sink = sink;
        }

        /** The subscriber's. */
        ContextView context() {
            return sink.contextView();
        }

        void succeed(SharedSession session) {
            Signals.deliver(() -> sink.success(session));
        }

        void fail(PlabbleException error) {
            Signals.deliver(() -> sink.error(error));
        }
    }
}
