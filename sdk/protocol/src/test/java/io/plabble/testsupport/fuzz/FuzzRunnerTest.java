package io.plabble.testsupport.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FuzzRunnerTest {
    private static final byte[] INPUT = {0, 0x20, 0, 0};

    @Test
    void whoTakesTheInputPasses() {
        assertThatCode(() -> given(input -> {})).doesNotThrowAnyException();
    }

    @Test
    void whoBelievesAnAnnouncedLengthIsCaught() {
        assertThatThrownBy(() -> given(
                        input -> ByteBuffer.allocate(ByteBuffer.wrap(input).getInt())))
                .hasMessageContaining("00200000")
                .rootCause()
                .hasMessageMatching("2\\d{6} bytes allocated");
    }

    @Test
    void whoThrowsIsCaught() {
        assertThatThrownBy(() -> given(input -> ByteBuffer.wrap(input).getLong()))
                .hasMessageContaining("00200000")
                .hasRootCauseInstanceOf(BufferUnderflowException.class);
    }

    private static void given(Consumer<byte[]> target) {
        new FuzzRunner(new FuzzTarget() {
                    @Override
                    public void accept(byte[] input) {
                        target.accept(input);
                    }

                    @Override
                    public Stream<byte[]> seeds() {
                        return Stream.empty();
                    }
                })
                .accept(INPUT);
    }
}
