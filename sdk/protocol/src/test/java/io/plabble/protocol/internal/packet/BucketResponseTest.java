package io.plabble.protocol.internal.packet;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no well-formed response after CONNECT is refused (§3, §8, §9). */
class BucketResponseTest {
    private static final int COUNTER = 0xfffe;

    @ParameterizedTest
    @EnumSource
    void noResponseHasAFlag(PacketType type) {
        for (int flag : new int[] {0x10, 0x20, 0x40, 0x80}) {
            assertMalformed(type.value() | flag, "").hasMessageContaining("reserved flags");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14})
    void reservedTypesAreRefused(int type) {
        assertMalformed(type, "").hasMessageEndingWith("reserved type " + type);
    }

    @Test
    void aSecondAnswerToConnectIsRefused() {
        assertMalformed(PacketType.CONNECT.value(), "").hasMessageContaining("CONNECT");
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "PUT", "APPEND", "WIPE", "SUBSCRIBE", "UNSUBSCRIBE"})
    void anAnswerThatSaysNoMoreThanThatItIsDoneHasNoBody(PacketType type) {
        assertMalformed(type.value(), "00").hasMessageContaining(type.name()).hasMessageContaining("1 bytes");
        assertThat(BucketResponse.decode(header(type.value()), ByteBuffer.wrap(new byte[0])))
                .isEqualTo(new Acknowledgement(type, COUNTER));
    }

    @Test
    void anErrorHasACode() {
        assertMalformed(PacketType.ERROR.value(), "").hasMessageContaining("code");
    }

    @Test
    void anErrorWhoseMessageIsNotUtf8KeepsItsCode() {
        assertThat(BucketResponse.decode(
                        header(PacketType.ERROR.value()), ByteBuffer.wrap(new byte[] {21, 'a', (byte) 0xff})))
                .isEqualTo(new ErrorResponse(COUNTER, 21, "a\ufffd"));
    }

    @Test
    void noPacketHasMoreSlotsThanABucket() {
        byte[] asMany = new byte[3 * 65_536]; // index 0, and no content, again and again
        assertThat(((SlotsResponse) BucketResponse.decode(header(PacketType.REQUEST.value()), ByteBuffer.wrap(asMany)))
                        .slots())
                .hasSize(65_536);
        assertMalformed(PacketType.REQUEST.value(), HexFormat.of().formatHex(new byte[3 * 65_537]))
                .hasMessageContaining("more slots than a bucket has");
    }

    @Test
    void anAnswerToRequestMayBeEmpty() {
        assertThat(BucketResponse.decode(header(PacketType.REQUEST.value()), ByteBuffer.wrap(new byte[0])))
                .isEqualTo(new SlotsResponse(COUNTER, List.of()));
    }

    private static AbstractThrowableAssert<?, ?> assertMalformed(int typeFlags, String body) {
        return assertRefused(
                        Reason.MALFORMED,
                        () -> BucketResponse.decode(
                                header(typeFlags),
                                ByteBuffer.wrap(HexFormat.of().parseHex(body))))
                .isInstanceOf(PlabbleProtocolException.class);
    }

    private static byte[] header(int typeFlags) {
        return new byte[] {(byte) typeFlags, (byte) (COUNTER >> 8), (byte) COUNTER};
    }
}
