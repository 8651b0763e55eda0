package io.plabble.sdk.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that answers each line on its standard input with a line on its standard output, and ends when there are no more. */
public final class Child implements AutoCloseable {
    private static final long SECONDS_TO_END = 10;

    private final String name;
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    private Child(String name, List<String> command) {
        this.name = name;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = new PrintWriter(process.outputWriter(UTF_8), true);
        answers = process.inputReader(UTF_8);
    }

    /** A JVM like this one, with this one's class path. */
    public static Child java(Class<?> main, List<String> options, List<String> arguments) {
        return java(System.getProperty("java.class.path"), main, options, arguments);
    }

    /** A JVM like this one. */
    public static Child java(String classPath, Class<?> main, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-classpath", classPath, main.getName()));
        command.addAll(arguments);
        return new Child(main.getSimpleName() + arguments, command);
    }

    /**
     * The answer to a command.
     *
     * @throws IllegalStateException if the process has ended; its standard error says why
     */
    public String ask(String command) {
        commands.println(command);
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException(name + " has ended, asked for " + command);
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
