package io.plabble.sdk.internal;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleSessionClosedException;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a session has ended. Whoever waited gets an exception of its own, for each says what became of its own request. */
sealed interface SessionEnd {
    PlabbleException exception();

    /** Whether the caller wanted it so. */
    default boolean isOrderly() {
        return false;
    }

    /** {@code close()} or {@code dispose()} of this end. */
    record ByUs() implements SessionEnd {
        @Override
        public PlabbleException exception() {
            return new PlabbleSessionClosedException(
                    Why.CLOSED_BY_US, "this end closed the session; connect again", null);
        }

        @Override
        public boolean isOrderly() {
            return true;
        }
    }

    /** @param cause a reset, a broken TLS record or a WebSocket Close, where there was one */
    record ByPeer(@Nullable Throwable cause) implements SessionEnd {
        @Override
        public PlabbleException exception() {
            String how = cause instanceof SSLException
                    ? "TLS broke, and with it the connection"
                    : "the server closed the connection";
            return new PlabbleSessionClosedException(Why.CLOSED_BY_PEER, how + "; connect again", cause);
        }
    }

    /**
     * The server is there no more, or the path to it.
     *
     * @param silence after how long it was asked
     * @param patience how long it had to answer
     */
    record Unresponsive(Duration silence, Duration patience) implements SessionEnd {
        @Override
        public PlabbleException exception() {
            return new PlabbleSessionClosedException(
                    Why.UNRESPONSIVE,
                    "after a silence of " + silence + " a probe was not answered within " + patience
                            + "; connect again",
                    null);
        }
    }

    /** Something went wrong at this end. */
    record ByFailure(Throwable cause) implements SessionEnd {
        @Override
        public PlabbleException exception() {
            return new PlabbleSessionClosedException(
                    Why.CLOSED_BY_US, "this end failed and closed the session: " + cause + "; connect again", cause);
        }
    }

    /** One end's counters are used up (D10). */
    record Exhausted() implements SessionEnd {
        @Override
        public PlabbleException exception() {
            return new PlabbleSessionClosedException(
                    Why.COUNTER_EXHAUSTED, "counter exhausted: the session can carry no more; connect again", null);
        }
    }

    /** The peer broke the protocol. */
    record Broken(PlabbleProtocolException failure) implements SessionEnd {
        @Override
        public PlabbleException exception() {
            String hint = failure.reason() == Reason.PACKET_TOO_LARGE ? "; see maxPacketSize(…)" : "";
            return new PlabbleProtocolException(
                    failure.reason(), failure.getMessage() + hint + "; the session has ended, connect again", failure);
        }
    }
}
