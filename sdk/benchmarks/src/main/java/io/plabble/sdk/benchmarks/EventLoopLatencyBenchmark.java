package io.plabble.sdk.benchmarks;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSession;
import io.plabble.sdk.test.PlabbleTestServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import reactor.netty.resources.LoopResources;

/**
 * How long others wait for an event loop on which 100 handshakes happen at once: whether the cryptography of CONNECT is better off on a
 * scheduler. On each event loop a probe is due every millisecond. One event loop for all is the worst case.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class EventLoopLatencyBenchmark {
    private static final int HANDSHAKES = 100;
    private static final int BURSTS = 20;
    private static final int PRECISION = 3;
    private static final long PERIOD_MICROS = 1_000;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** How many event loops the client has; 4 is Reactor Netty's own choice on up to 4 processors. */
    @Param({"1", "4"})
    public int eventLoops = 1;

    /** Where the server is verified. */
    @Param
    public Cryptography cryptography = Cryptography.SCHEDULER;

    private final Histogram lateness = new ConcurrentHistogram(PRECISION);
    private LoopResources loops;
    private PlabbleTestServer server;
    private PlabbleClient client;

    /** A client that is warmed up. */
    @Setup
    public void start() {
        cryptography.arrange();
        loops = LoopResources.create("probed", eventLoops, true);
        server = PlabbleTestServer.start();
        client = PlabbleClient.create(server.host(), server.port())
                .trust(server.trustStore())
                .tcp(tcp -> tcp.runOn(loops));
        client.warmup().block(DEADLINE);
    }

    /** Twenty times, a hundred handshakes at once; the sessions are closed in between. */
    @Benchmark
    public void bursts() {
        lateness.reset();
        for (int burst = 0; burst < BURSTS; burst++) {
            List<Probe> probes = IntStream.range(0, eventLoops)
                    .mapToObj(number -> new Probe(loops.onClient(true).next()))
                    .toList();
            List<PlabbleSession> sessions = Objects.requireNonNull(Flux.range(0, HANDSHAKES)
                    .flatMap(number -> client.connect(), HANDSHAKES)
                    .collectList()
                    .block(DEADLINE));
            probes.forEach(Probe::stop);
            Flux.fromIterable(sessions).flatMap(PlabbleSession::close).blockLast(DEADLINE);
        }
        report();
    }

    private void report() {
        Figures.report("late.p50", lateness.getValueAtPercentile(50) / 1e6, "ms");
        Figures.report("late.p99", lateness.getValueAtPercentile(99) / 1e6, "ms");
        Figures.report("late.max", lateness.getMaxValue() / 1e6, "ms");
    }

    /** Closes what was started. */
    @TearDown
    public void stop() {
        server.close();
        loops.disposeLater(Duration.ZERO, DEADLINE).block(DEADLINE);
    }

    /** A task of the event loop, and how late it is each time. */
    private final class Probe {
        private final long began = System.nanoTime();
        private final EventLoop loop;
        private final ScheduledFuture<?> task;
        private long runs;

        Probe(EventLoop loop) {
            this.loop = loop;
            this.task = loop.scheduleAtFixedRate(this::run, PERIOD_MICROS, PERIOD_MICROS, TimeUnit.MICROSECONDS);
        }

        private void run() {
            long due = began + TimeUnit.MICROSECONDS.toNanos(++runs * PERIOD_MICROS);
            lateness.recordValue(Math.max(0, System.nanoTime() - due));
        }

        void stop() {
            task.cancel(false);
            loop.submit(() -> {}).syncUninterruptibly(); // no run is underway any more
        }
    }
}
