package io.plabble.sdk.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** The child's side of a {@link Child}. */
@FunctionalInterface
public interface Commands {
    /** The answer, one line, to a command, which is split at its spaces. */
    String answer(String... command);

    /** Answers until standard input ends. */
    default void serve() throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            System.out.println(answer(command.split(" ")));
        }
    }
}
