package io.plabble.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is missing fails a test; it never makes one pass that tested nothing. */
class VectorFileTest {
    private static final String FILE = "certificate.json";

    @ParameterizedTest
    @ValueSource(strings = {"noSuchList", "time"})
    void failsForAListThatIsMissing(String list) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> VectorFile.named(FILE).cases(list))
                .withMessageContaining(list);
    }

    @Test
    void failsForAListThatIsEmpty() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> VectorFile.of(FILE, Map.of("empty", new int[0])).cases("empty"))
                .withMessageContaining("empty");
    }

    @Test
    void failsForAFileThatIsMissing() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> VectorFile.named("no-such-file.json"))
                .withMessageContaining("no-such-file.json");
    }

    @Test
    void failsForAFieldThatIsMissingOrOfAnotherType() {
        VectorCase vector = VectorFile.of(FILE, Map.of("list", new Object[] {Map.of("number", 1)}))
                .cases("list")
                .findFirst()
                .orElseThrow();

        assertThat(vector.number("number")).isEqualTo(1);
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> vector.text("number"));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> vector.number("text"));
    }
}
