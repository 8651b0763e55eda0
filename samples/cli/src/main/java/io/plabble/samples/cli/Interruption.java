package io.plabble.samples.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Ctrl-C and SIGTERM, for the commands that run until they are told to end: they hear of it as a signal, close what they have
 * open, and their own status becomes the process's. Other commands die of it, as usual.
 */
final class Interruption {
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(10);
    private static final int STATUS_OF_SIGTERM = 143;

    private final Sinks.Empty<Void> sink = Sinks.empty();
    private final AtomicBoolean awaited = new AtomicBoolean();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int status = STATUS_OF_SIGTERM;

    /** Completes when the process is told to end; from the first subscription on it does not end before {@link #finished}. */
    Mono<Void> signal() {
        return Mono.defer(() -> {
            if (awaited.compareAndSet(false, true)) {
                Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "plabble-interruption"));
            }
            return sink.asMono();
        });
    }

    void finished(int result) {
        status = result;
        finished.countDown();
    }

    private void shutDown() {
        sink.tryEmitEmpty();
        try {
            finished.await(LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Once a signal has come, this is the only way to a status other than the signal's.
        Runtime.getRuntime().halt(status);
    }
}
