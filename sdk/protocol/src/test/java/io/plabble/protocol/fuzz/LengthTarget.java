package io.plabble.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.internal.frame.DynamicLength;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.fuzz.FuzzTarget;
import io.plabble.testsupport.fuzz.Seeds;
import java.util.Random;
import java.util.stream.Stream;

/** The dynamic length (§2): what is read has one encoding, which is the one that was read. */
final class LengthTarget implements FuzzTarget {
    private static final int VALUES = 40;

    @Override
    public void accept(byte[] input) {
        ByteBuf source = Unpooled.wrappedBuffer(input);
        int value;
        try {
            value = DynamicLength.read(source);
        } catch (PlabbleProtocolException e) {
            assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
            assertThat(source.readerIndex()).isZero();
            return;
        }
        if (value == DynamicLength.INCOMPLETE) {
            assertThat(input).hasSizeLessThan(DynamicLength.size(DynamicLength.MAX));
            assertThat(source.readerIndex()).isZero();
        } else {
            assertThat(encoded(value)).isEqualTo(Bytes.head(input, source.readerIndex()));
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        Random random = Seeds.random();
        return Seeds.around(Stream.generate(() -> random.nextInt(DynamicLength.MAX + 1) >>> random.nextInt(28))
                .limit(VALUES)
                .map(LengthTarget::encoded));
    }

    private static byte[] encoded(int value) {
        ByteBuf target = Unpooled.buffer();
        DynamicLength.write(value, target);
        return ByteBufUtil.getBytes(target);
    }
}
