package io.plabble.sdk.benchmarks.load;

import io.plabble.sdk.benchmarks.process.Commands;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The client's process: {@code measure <so many at a time> <milliseconds>}, again and again. */
public final class LoadClient {
    private static final int PRECISION = 3;
    private static final Duration GRACE = Duration.ofMinutes(1);

    private LoadClient() {}

    /** @param arguments a name out of {@link Loads}, and what it needs */
    public static void main(String... arguments) throws IOException {
        try (Load load =
                Loads.valueOf(arguments[0]).create(Arrays.asList(arguments).subList(1, arguments.length))) {
            Commands commands = command -> measure(
                            load, Integer.parseInt(command[1]), Duration.ofMillis(Long.parseLong(command[2])))
                    .encoded();
            commands.serve();
        }
        System.exit(0); // whoever does not wait for its event loops to end
    }

    private static Measurement measure(Load load, int atATime, Duration time) {
        Histogram latencies = new ConcurrentHistogram(PRECISION);
        LongAdder operations = new LongAdder();
        long end = System.nanoTime() + time.toNanos();
        Meter meter = new Meter();
        // Each does one after the other: a flatMap of all would look at every one of its places for each that is done.
        Mono<Void> one = Mono.defer(() -> load.once(latencies)).doOnSuccess(done -> operations.increment());
        Flux.range(0, atATime)
                .flatMap(worker -> one.repeat(() -> System.nanoTime() - end < 0), atATime)
                .blockLast(time.plus(GRACE));
        return meter.read(operations.sum(), latencies);
    }
}
