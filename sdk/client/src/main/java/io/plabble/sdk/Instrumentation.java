package io.plabble.sdk;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Hears of connects, requests and sessions, to measure and to trace them; see {@link PlabbleClient#instrument}. {@code
 * io.plabble.sdk.micrometer.MicrometerInstrumentation} is the one for Micrometer.
 *
 * <p>It is called by subscribers' threads and by event loops, by several at once, and must not block. What it throws is dropped, as
 * Reactor drops errors that nobody can hear: it harms neither a connect nor a session.
 */
public interface Instrumentation {
    /**
     * A connect begins: {@link PlabbleClient#connect()} or {@link PlabbleClient#withSession} was subscribed to.
     *
     * @param subscriber the subscriber's context
     * @return hears how it ends
     */
    default Observed connect(Peer peer, ContextView subscriber) {
        return Observed.NONE;
    }

    /**
     * A request of a session begins: it is about to be admitted, and then to be written, or to be refused by this end. Also those
     * that a subscription sends on its own (§8), but not {@linkplain PlabbleClient#probe probes}, which are nobody's.
     *
     * @param type what is sent: from CREATE to UNSUBSCRIBE
     * @param subscriber the context of the subscriber who brought it about; empty for an UNSUBSCRIBE, since that subscriber has gone
     * @return hears how it ends
     */
    default Observed request(Peer peer, PacketType type, ContextView subscriber) {
        return Observed.NONE;
    }

    /** A session has begun. */
    default void sessionOpened(OpenSession session) {}

    /** It has ended; let go of it. */
    default void sessionClosed(OpenSession session) {}

    /** {@link PlabbleSessions} have replaced a session, because its counters were running out. */
    default void renewed(Peer peer) {}

    /** {@link PlabbleSessions} have lost their session otherwise. */
    default void lost(Peer peer, PlabbleException why) {}

    /** {@link PlabbleSessions} repeat a request on the next session. */
    default void repeated(Peer peer, PacketType type, PlabbleException why) {}

    /** Somebody who follows a {@link LastingBucket} is told what was missed. */
    default void gapBridged(Peer peer, Gap gap) {}

    /**
     * Whom a client speaks with.
     *
     * @param transport {@code tcp}, {@code tls}, {@code ws} or {@code wss}
     * @param serverName the name that is verified: that of {@link PlabbleClient#serverName}, or else the host dialled
     */
    record Peer(String transport, String serverName) {}

    /** Hears how a connect or a request ends: of exactly one end, before its subscriber does. */
    interface Observed {
        /** Does not listen. */
        Observed NONE = new Observed() {};

        /** What the steps of a connect see of the subscriber's context, Reactor Netty's among them. A request has no steps. */
        default Context context(Context subscriber) {
            return subscriber;
        }

        /** There is a session, or the answer. */
        default void succeeded() {}

        /** @param error what the subscriber gets, an ERROR answer among them */
        default void failed(PlabbleException error) {}

        /**
         * Nobody waits any more. A request that has been written may be carried out all the same; one that had not is not sent, as is
         * one that may only go out with a certain counter (§6), and was overtaken.
         */
        default void cancelled() {}
    }

    /** What can be read of a session at any time, by any thread. It is itself and no other: compare by identity. */
    interface OpenSession {
        Peer peer();

        /** How many requests have not been answered; cancelled and timed-out ones count until their answers have passed. */
        int requestsInFlight();

        /** As {@link PlabbleSession#remainingRequests()}. */
        int remainingRequests();
    }
}
