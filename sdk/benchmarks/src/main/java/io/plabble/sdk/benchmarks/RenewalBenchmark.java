package io.plabble.sdk.benchmarks;

import static io.plabble.protocol.Permission.PRIVATE_WRITE;

import io.plabble.protocol.Slot;
import io.plabble.sdk.BucketSpec;
import io.plabble.sdk.LastingBucket;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSessions;
import io.plabble.sdk.SessionsHealth;
import io.plabble.sdk.test.PlabbleTestServer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whether those who make requests notice that {@link PlabbleSessions} renew the session under them. Each walk keeps 1,000 requests in flight
 * through ten renewals, some 590,000 requests, and tells apart those that have met a renewal from those that have not. None may fail.
 *
 * <p>The server is in the same JVM, and takes as much of the processors as the client does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class RenewalBenchmark {
    private static final int IN_FLIGHT = 1_000;
    private static final int RENEWALS = 10;
    private static final byte[] CONTENT = new byte[64];
    private static final int PRECISION = 3;
    private static final Duration LIFE_CYCLE_DEADLINE = Duration.ofSeconds(30);
    private static final Duration WALK_DEADLINE = Duration.ofMinutes(5);

    /** What packets travel over. */
    @Param
    public Transport transport = Transport.TCP;

    private final Renewals renewals = new Renewals();
    private final Histogram during = new ConcurrentHistogram(PRECISION);
    private final Histogram outside = new ConcurrentHistogram(PRECISION);
    private PlabbleTestServer server;
    private PlabbleSessions sessions;
    private LastingBucket bucket;

    /** A hot client: warmed up, and with a session. */
    @Setup
    public void start() {
        server = transport.start();
        PlabbleClient client = transport.dial(server).trust(server.trustStore()).instrument(renewals);
        client.warmup().block(LIFE_CYCLE_DEADLINE);
        sessions = client.sessions();
        bucket = Objects.requireNonNull(
                sessions.createBucket(BucketSpec.of(PRIVATE_WRITE)).block(LIFE_CYCLE_DEADLINE));
    }

    /** Ten renewals. */
    @Benchmark
    public void walk() {
        during.reset();
        outside.reset();
        SessionsHealth before = sessions.health();
        Duration renewing = renewals.duration();
        int last = renewals.completed() + RENEWALS;
        Flux.range(0, Integer.MAX_VALUE)
                .takeWhile(number -> renewals.completed() < last)
                .flatMap(this::request, IN_FLIGHT)
                .blockLast(WALK_DEADLINE);
        requireRenewals(before, sessions.health());
        report(renewals.duration().minus(renewing));
    }

    private Mono<Void> request(int number) {
        long began = System.nanoTime();
        return bucket.put(number & Slot.LAST_INDEX, CONTENT).doOnSuccess(done -> record(began));
    }

    private void record(long began) {
        Histogram which = renewals.haveMet(began) ? during : outside;
        which.recordValue(System.nanoTime() - began);
    }

    /** Nothing else may have happened to the sessions; a request that fails has ended the walk already. */
    private static void requireRenewals(SessionsHealth before, SessionsHealth after) {
        if (after.renewals() - before.renewals() != RENEWALS || after.losses() > 0 || after.failedAttempts() > 0) {
            throw new IllegalStateException("not just " + RENEWALS + " renewals: " + before + ", then " + after);
        }
    }

    private void report(Duration renewing) {
        Figures.report("renewal", renewing.toNanos() / 1e6 / RENEWALS, "ms");
        Figures.report("requests.during", (double) during.getTotalCount(), "#");
        Figures.report("requests.outside", (double) outside.getTotalCount(), "#");
        Figures.report("p50.during", millis(during, 50), "ms");
        Figures.report("p50.outside", millis(outside, 50), "ms");
        Figures.report("p99.during", millis(during, 99), "ms");
        Figures.report("p99.outside", millis(outside, 99), "ms");
        Figures.report("p99.ratio", millis(during, 99) / millis(outside, 99), "times");
        Figures.report("max.during", during.getMaxValue() / 1e6, "ms");
        Figures.report("max.outside", outside.getMaxValue() / 1e6, "ms");
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }

    /** Closes what was started. */
    @TearDown
    public void stop() {
        sessions.close().block(LIFE_CYCLE_DEADLINE);
        server.close();
    }
}
