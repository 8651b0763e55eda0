package io.plabble.sdk.internal;

import io.netty.util.concurrent.Future;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.sdk.PlabbleTimeoutException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a sign of life when nothing has come for a while: a REQUEST for one slot of a bucket that does not exist, as the protocol
 * has no ping. Any answer will do, and error 21 is the usual one. No answer in time ends the session. Event loop only.
 */
final class Probe {
    private final Exchange exchange;
    private final Duration silence;
    private long heard = System.nanoTime();
    private @Nullable Future<?> next;

    Probe(Exchange exchange, Duration silence) {
        this.exchange = exchange;
        this.silence = silence;
    }

    void start() {
        watch();
    }

    /** Bytes have come, whole packets or not. */
    void heard() {
        heard = System.nanoTime();
    }

    void stop() {
        if (next != null) {
            next.cancel(false);
        }
    }

    private void watch() {
        long left = silence.toNanos() - (System.nanoTime() - heard);
        if (left > 0) {
            next = exchange.schedule(this::watch, Duration.ofNanos(left));
        } else {
            exchange.submitAnyway(new Question());
        }
    }

    private final class Question extends PendingRequest {
        private final long asked = System.nanoTime();

        /** Not for the instrumentation: it is nobody's request, and its usual answer is an ERROR. */
        Question() {
            super(new ReadRequest(BucketId.generate(0, Set.of()), SlotRange.slot(0), false), null, Watch.NONE);
        }

        @Override
        void succeeded(BucketResponse response) {
            watch();
        }

        @Override
        void refused(PlabbleServerException error) {
            watch();
        }

        @Override
        void failed(PlabbleException error) {
            if (!(error instanceof PlabbleTimeoutException)) {
                return; // the session has ended, or takes no more
            }
            if (heard - asked > 0) { // it lives, but has much to say
                watch();
            } else {
                exchange.unresponsive(silence);
            }
        }

        @Override
        boolean isAwaited() {
            return true;
        }

        /** Whoever closes the session does not care any more. */
        @Override
        boolean isWaitedFor() {
            return false;
        }
    }
}
