package io.plabble.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakDetectionTest {
    @Test
    void recordsABufferThatNobodyReleases() {
        leakABuffer();

        assertThat(LeakDetection.takeLeaks())
                .singleElement()
                .asString()
                .contains(LeakDetectionTest.class.getName() + ".leakABuffer");
    }

    @Test
    void recordsNothingForABufferThatIsReleased() {
        ByteBufAllocator.DEFAULT.buffer(8).release();

        assertThat(LeakDetection.takeLeaks()).isEmpty();
    }

    private static void leakABuffer() {
        ByteBufAllocator.DEFAULT.buffer(8).writeByte(1);
    }
}
