package io.plabble.protocol;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @Test
    void itsContentIsCopiedInAndOut() {
        byte[] given = CONTENT.clone();
        Slot slot = Slot.of(7, given);

        given[0] = 99;
        slot.bytes()[0] = 99;

        assertThat(slot.index()).isEqualTo(7);
        assertThat(slot.bytes()).isEqualTo(CONTENT);
        assertThat(slot.length()).isEqualTo(3);
        assertThat(slot.isEmpty()).isFalse();
    }

    @Test
    void itHoldsWhatRemainsOfABufferAndLeavesTheBufferAsItWas() {
        byte[] given = {0, 1, 2, 3, 0};
        ByteBuffer buffer = ByteBuffer.wrap(given, 1, 3);
        Slot slot = Slot.of(7, buffer);

        given[1] = 99;

        assertThat(slot.bytes()).isEqualTo(CONTENT);
        assertThat(buffer.position()).isEqualTo(1);
        assertThat(buffer.remaining()).isEqualTo(3);
    }

    @Test
    void itTakesDirectBuffers() {
        ByteBuffer direct = ByteBuffer.allocateDirect(3).put(CONTENT).flip();

        assertThat(Slot.of(7, direct)).isEqualTo(Slot.of(7, CONTENT));
    }

    @Test
    void itsContentCannotBeChangedThroughABuffer() {
        Slot slot = Slot.of(7, CONTENT);

        assertThat(slot.content().isReadOnly()).isTrue();
        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> slot.content().put((byte) 99));
    }

    @Test
    void everyReaderGetsABufferOfItsOwn() {
        Slot slot = Slot.of(7, CONTENT);

        slot.content().get();

        assertThat(slot.content()).isEqualTo(ByteBuffer.wrap(CONTENT));
        assertThat(slot.length()).isEqualTo(3);
        assertThat(slot.bytes()).isEqualTo(CONTENT);
    }

    @Test
    void textIsUtf8() {
        assertThat(Slot.of(7, "größe €").bytes())
                .containsExactly('g', 'r', 0xc3, 0xb6, 0xc3, 0x9f, 'e', ' ', 0xe2, 0x82, 0xac);
        assertThat(Slot.of(7, "größe €").text()).isEqualTo("größe €");
        assertThat(Slot.of(7, new byte[] {'a', (byte) 0xff, 'b'}).text()).isEqualTo("a\ufffdb");
    }

    @Test
    void itMayHoldNothing() {
        assertThat(Slot.of(7, "").isEmpty()).isTrue();
        assertThat(Slot.of(7, "").length()).isZero();
        assertThat(Slot.of(7, "").bytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535})
    void itsIndexReachesToTheLastOfABucket(int index) {
        assertThat(Slot.of(index, CONTENT).index()).isEqualTo(index);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 65_536, Integer.MAX_VALUE})
    void noBucketHasAnotherIndex(int index) {
        assertRefused(Reason.CONFIGURATION, () -> Slot.of(index, CONTENT)).hasMessageContaining(String.valueOf(index));
        assertRefused(Reason.CONFIGURATION, () -> Slot.of(index, ByteBuffer.wrap(CONTENT)));
        assertRefused(Reason.CONFIGURATION, () -> Slot.of(index, "text"));
    }

    @Test
    void nullIsNoContent() {
        assertRefused(Reason.CONFIGURATION, () -> Slot.of(7, (byte[]) null));
        assertRefused(Reason.CONFIGURATION, () -> Slot.of(7, (ByteBuffer) null));
        assertRefused(Reason.CONFIGURATION, () -> Slot.of(7, (String) null));
    }

    @Test
    void slotsAreEqualByIndexAndContent() {
        assertThat(Slot.of(7, "a")).isEqualTo(Slot.of(7, "a")).hasSameHashCodeAs(Slot.of(7, "a"));
        assertThat(Slot.of(7, "a")).isNotEqualTo(Slot.of(8, "a")).isNotEqualTo(Slot.of(7, "b"));
        assertThat(Slot.of(7, "a"))
                .doesNotHaveSameHashCodeAs(Slot.of(8, "a"))
                .doesNotHaveSameHashCodeAs(Slot.of(7, "b"));
    }

    @Test
    void itShowsItsIndexAndLengthOnly() {
        assertThat(Slot.of(7, "secret")).hasToString("Slot[7, 6 bytes]");
    }
}
