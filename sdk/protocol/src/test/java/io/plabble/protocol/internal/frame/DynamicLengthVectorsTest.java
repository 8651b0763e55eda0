package io.plabble.protocol.internal.frame;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.plabble.protocol.Reason;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorSource;
import org.junit.jupiter.params.ParameterizedTest;

class DynamicLengthVectorsTest {
    private static final String FILE = "dynamic-length.json";

    @ParameterizedTest
    @VectorSource(file = FILE, list = "valid")
    void writesTheOnlyEncoding(VectorCase vector) {
        ByteBuf target = Unpooled.buffer();

        DynamicLength.write((int) vector.number("value"), target);

        assertThat(ByteBufUtil.getBytes(target)).isEqualTo(vector.bytes("bytes"));
        assertThat(DynamicLength.size((int) vector.number("value"))).isEqualTo(vector.bytes("bytes").length);
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "valid")
    void readsTheOnlyEncoding(VectorCase vector) {
        ByteBuf source = Unpooled.wrappedBuffer(vector.bytes("bytes"));

        assertThat(DynamicLength.read(source)).isEqualTo((int) vector.number("value"));
        assertThat(source.isReadable()).isFalse();
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "stream")
    void leavesWhatFollowsTheLength(VectorCase vector) {
        ByteBuf source = Unpooled.wrappedBuffer(vector.bytes("bytes"));

        assertThat(DynamicLength.read(source)).isEqualTo((int) vector.number("value"));
        assertThat(source.readerIndex()).isEqualTo((int) vector.number("used"));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "invalid")
    void refusesWhatIsNoLength(VectorCase vector) {
        ByteBuf source = Unpooled.wrappedBuffer(vector.bytes("bytes"));

        if (vector.text("reason").equals(Reason.TRUNCATED.code())) {
            assertThat(DynamicLength.read(source)).isEqualTo(DynamicLength.INCOMPLETE);
        } else {
            assertRefused(vector.text("reason"), () -> DynamicLength.read(source));
        }
        assertThat(source.readerIndex()).isZero();
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "unencodable")
    void refusesToWriteWhatFourBytesCannotHold(VectorCase vector) {
        ByteBuf target = Unpooled.buffer();

        assertRefused(Reason.CONFIGURATION, () -> DynamicLength.write((int) vector.asNumber(), target));
        assertThat(target.isReadable()).isFalse();
    }
}
