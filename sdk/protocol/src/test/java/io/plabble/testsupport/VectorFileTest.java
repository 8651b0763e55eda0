package io.plabble.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
                .isThrownBy(
                        () -> VectorFile.of(FILE, Map.of("empty", new int[0])).cases("empty"))
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
        VectorCase vector = vector(Map.of("number", 1));

        assertThat(vector.number("number")).isEqualTo(1);
        assertFails(() -> vector.text("number"));
        assertFails(() -> vector.texts("number"));
        assertFails(() -> vector.cases("number"));
        assertFails(() -> vector.byteStringsByName("number"));
        assertFails(() -> vector.number("text"));
    }

    @Test
    void tellsNullFromMissing() {
        VectorCase vector = vector(Collections.singletonMap("field", null));

        assertThat(vector.optionalBytes("field")).isEmpty();
        assertThat(vector.optionalInteger("field")).isEmpty();
        assertFails(() -> vector.optionalBytes("other"));
        assertFails(() -> vector.optionalInteger("other"));
    }

    private static VectorCase vector(Map<String, ?> fields) {
        return VectorFile.of(FILE, Map.of("list", List.of(fields)))
                .cases("list")
                .findFirst()
                .orElseThrow();
    }

    private static void assertFails(ThrowingCallable getter) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(getter);
    }
}
