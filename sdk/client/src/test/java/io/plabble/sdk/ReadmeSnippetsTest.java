package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the Java code of README.md the same as that of {@link ReadmeTest} here and in the WebFlux sample, which compile and run. */
class ReadmeSnippetsTest {
    private static final Path README = Path.of("../../README.md");
    private static final List<Path> SOURCES = List.of(
            Path.of("src/test/java/io/plabble/sdk/ReadmeTest.java"),
            Path.of("../../samples/webflux/src/test/java/io/plabble/samples/readme/ReadmeTest.java"));

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\R(.*?)^```$");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^ *// readme:(?!end)[a-z-]+\\R(.*?)^ *// readme:end$");

    @Test
    void everyJavaBlockOfTheReadmeIsASnippetThatRunsAndEverySnippetIsShown() throws IOException {
        List<String> blocks = all(BLOCK, README);
        List<String> snippets = new ArrayList<>();
        for (Path source : SOURCES) {
            snippets.addAll(all(SNIPPET, source));
        }

        assertThat(blocks).isNotEmpty();
        assertThat(blocks).containsExactlyInAnyOrderElementsOf(snippets);
    }

    private static List<String> all(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1).stripTrailing().stripIndent())
                .toList();
    }
}
