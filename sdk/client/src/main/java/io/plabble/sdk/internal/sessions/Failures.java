package io.plabble.sdk.internal.sessions;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleConnectException;
import io.plabble.sdk.PlabbleSessionClosedException;
import io.plabble.sdk.Reconnection;
import java.time.Duration;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/** Which failures pass, and how long to wait for that. */
final class Failures {
    private static final int MOST_DOUBLINGS = 30;

    private Failures() {}

    /** Every failure of a connect and every end of a session is one of ours. */
    static PlabbleException ours(Throwable error) {
        return error instanceof PlabbleException known
                ? known
                : new PlabbleConnectException(Reason.CONNECTION_FAILED, "this end failed: " + error, error);
    }

    /** The session has ended, and with it what was asked of it. */
    static boolean isEndOfSession(Throwable error) {
        return error instanceof PlabbleSessionClosedException || error instanceof PlabbleProtocolException;
    }

    /**
     * Whether the next attempt may well succeed. Who could not be verified will not be better next time, and whatever ERROR
     * answers CONNECT but a server's own fault is for people to look at.
     */
    static boolean isTransient(Throwable error) {
        return error instanceof PlabbleServerException refusal
                ? refusal.code() == ErrorCode.INTERNAL_SERVER_ERROR.code()
                : isEndOfSession(error)
                        || (error instanceof PlabbleConnectException network && network.reason() != Reason.TLS_FAILED);
    }

    /**
     * Pauses as they are set; in the end, the last failure itself.
     *
     * @param before how many failures there have been already
     */
    static RetryBackoffSpec pauses(Reconnection how, int before) {
        Duration first = how.firstPause().multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
        return Retry.backoff(Math.max(0, how.maxRetries() - before), shorter(first, longestFirst(how)))
                .maxBackoff(how.longestPause())
                .jitter(how.jitter())
                .onRetryExhaustedThrow((pauses, signal) -> signal.failure());
    }

    /** A pause is never shorter than the first: this leaves room for many clients not to come back at the same time. */
    private static Duration longestFirst(Reconnection how) {
        long nanos = (long) (how.longestPause().toNanos() * (1 - how.jitter() / 2));
        return Duration.ofNanos(Math.max(nanos, how.firstPause().toNanos()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
