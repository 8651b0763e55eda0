package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the Java code of README.md the same as that of {@link ReadmeTest}, which compiles and runs. */
class ReadmeSnippetsTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path SOURCE = Path.of("src/test/java/io/plabble/sdk/ReadmeTest.java");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\R(.*?)^```$");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^ *// readme:(?!end)[a-z-]+\\R(.*?)^ *// readme:end$");

    @Test
    void everyJavaBlockOfTheReadmeIsASnippetThatRunsAndEverySnippetIsShown() throws IOException {
        List<String> blocks = all(BLOCK, README);

        assertThat(blocks).isNotEmpty();
        assertThat(blocks).containsExactlyInAnyOrderElementsOf(all(SNIPPET, SOURCE));
    }

    private static List<String> all(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1).stripTrailing().stripIndent())
                .toList();
    }
}
