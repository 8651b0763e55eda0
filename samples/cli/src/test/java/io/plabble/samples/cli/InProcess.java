package io.plabble.samples.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;

/** Runs the command in this JVM. */
final class InProcess {
    private InProcess() {}

    static Outcome run(String... arguments) {
        return run(new byte[0], Mono.never(), arguments);
    }

    static Outcome run(byte[] in, Mono<Void> interrupted, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Plabble.run(
                arguments,
                Console.of(
                        new ByteArrayInputStream(in),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        interrupted));
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
