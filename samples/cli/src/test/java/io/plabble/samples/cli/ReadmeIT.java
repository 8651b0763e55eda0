package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the commands that the documentation shows, one after the other. */
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```shell\\R(.*?)^```$");
    private static final String SHOWN_ADDRESS = "127.0.0.1:4242";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"../../README.md", "README.md"})
    void everyCommandShownIsDone(String file) throws IOException {
        List<List<String>> commands = commands(Path.of(file));
        assertThat(commands).hasSizeGreaterThan(3);
        assertThat(commands.get(0)).startsWith("serve");

        List<String> first = Stream.concat(commands.get(0).stream(), Stream.of("--port", "0"))
                .toList();
        try (Jar serve = start(first)) {
            Jar.await().until(() -> serve.outSoFar().endsWith("\n"));
            String address = serve.outSoFar().replaceAll("(?s).* at ([0-9.:]+),.*", "$1");
            for (List<String> command : commands.subList(1, commands.size())) {
                try (Jar jar = start(command.stream()
                        .map(word -> word.equals(SHOWN_ADDRESS) ? address : word)
                        .toList())) {
                    if (command.get(0).equals("watch")) { // which has no end of its own
                        Jar.await().until(() -> jar.outSoFar().contains("hello"));
                        jar.terminate();
                    }
                    Outcome outcome = jar.outcome(); // a trace goes to standard error
                    assertThat(outcome.status()).as("%s", outcome).isZero();
                }
            }
        }
    }

    private Jar start(List<String> words) {
        return Jar.start(words.stream()
                .map(word -> word.endsWith(".pem") || word.endsWith(".key")
                        ? directory.resolve(word).toString()
                        : word)
                .toArray(String[]::new));
    }

    private static List<List<String>> commands(Path file) throws IOException {
        return BLOCK.matcher(Files.readString(file))
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> line.startsWith("plabble "))
                .map(line -> line.replaceAll("[&#].*", "").strip().split(" +"))
                .map(words -> List.copyOf(Arrays.asList(words).subList(1, words.length)))
                .toList();
    }
}
