package io.plabble.samples.cli;

import io.plabble.protocol.PacketType;
import io.plabble.sdk.ConnectProgress;
import io.plabble.sdk.WirePacket;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/**
 * Writes what happens while it happens. It hears of it on an event loop, which must not wait for a terminal, and so writes on a
 * thread of its own.
 */
final class Trace implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final long start = System.nanoTime();
    private final PrintStream target;
    private final Timeline timeline;
    private final ExecutorService writer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Trace::thread,
            new ThreadPoolExecutor.DiscardPolicy()); // what comes after the end is no longer of interest

    Trace(PrintStream target, Ansi ansi) {
        this.target = target;
        this.timeline = new Timeline(ansi);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "plabble-trace");
        thread.setDaemon(true);
        return thread;
    }

    void step(ConnectProgress progress) {
        Duration at = sinceStart();
        write(() -> timeline.step(at, Arguments.name(progress.step()).replace('-', ' ')));
    }

    void packet(WirePacket packet) {
        Duration at = sinceStart();
        String title = packet.type().map(PacketType::name).orElse("unknown type") + " " + packet.counter();
        write(() -> timeline.packet(at, packet.isSent(), packet.isEncrypted(), title, packet.bytes()));
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void write(Supplier<String> text) {
        writer.execute(() -> target.println(text.get()));
    }

    /** Returns once everything is written. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            writer.awaitTermination(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
