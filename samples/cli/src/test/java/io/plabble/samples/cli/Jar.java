package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The jar as a process: what its users run. */
final class Jar implements AutoCloseable {
    private static final int LONGEST_RUN_SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    private Jar(byte[] in, String... arguments) throws IOException {
        out = Files.createTempFile("plabble", ".out");
        err = Files.createTempFile("plabble", ".err");
        process = new ProcessBuilder(command(ClassArchive.options(), arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().write(in);
        process.getOutputStream().close();
    }

    static List<String> command(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // For the tests' sake: these processes live for a moment.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-jar", System.getProperty("plabble.jar")));
        command.addAll(List.of(arguments));
        return command;
    }

    static Jar start(String... arguments) {
        return startWith(new byte[0], arguments);
    }

    private static Jar startWith(byte[] in, String... arguments) {
        try {
            return new Jar(in, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process takes its time to start, most of all on a busy machine. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(LONGEST_RUN_SECONDS));
    }

    static Outcome run(String... arguments) {
        return runWith(new byte[0], arguments);
    }

    static Outcome runWith(byte[] in, String... arguments) {
        try (Jar jar = startWith(in, arguments)) {
            return jar.outcome();
        }
    }

    /** SIGTERM. */
    Jar terminate() {
        process.destroy();
        return this;
    }

    /** SIGKILL. */
    Jar kill() {
        process.destroyForcibly();
        return this;
    }

    /** What it has left behind, once it has ended. */
    Outcome outcome() {
        try {
            assertThat(process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Outcome(process.exitValue(), outSoFar(), Files.readString(err));
        } catch (InterruptedException | IOException e) {
            throw new AssertionError(e);
        }
    }

    String outSoFar() {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
