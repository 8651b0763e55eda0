package io.plabble.sdk.benchmarks.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateChain;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.sdk.PlabbleClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link SoakServer} in a process of its own, which ends when its standard input does. */
final class ServerProcess implements AutoCloseable {
    private static final long SECONDS_TO_END = 10;

    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    ServerProcess() {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1g",
                            "-classpath",
                            System.getProperty("java.class.path"),
                            SoakServer.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = new PrintWriter(process.outputWriter(UTF_8), true);
        answers = process.inputReader(UTF_8);
    }

    /** A client that trusts the server. */
    PlabbleClient client() {
        String[] address = ask("address").split(" ");
        return PlabbleClient.create("127.0.0.1", Integer.parseInt(address[0]))
                .trust(TrustStore.empty()
                        .withRoots(certificates(address[1]))
                        .withIntermediates(certificates(address[2])));
    }

    private static List<Certificate> certificates(String hex) {
        return CertificateChain.parse(HexFormat.of().parseHex(hex));
    }

    Footprint footprint() {
        return Footprint.decode(ask("footprint"));
    }

    /** The next connection meets this. */
    void prepare(Mishap mishap, long seed) {
        ask("mishap " + mishap + " " + seed);
    }

    /** Waits until every connection has been closed. */
    void awaitIdle() {
        ask("idle");
    }

    private String ask(String command) {
        commands.println(command);
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the server has ended, asked for " + command);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
