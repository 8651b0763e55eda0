package io.plabble.protocol.internal.packet;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.SlotRange;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no well-formed request is refused (§3, §8). The first byte is TypeFlags without flag #5. */
class BucketRequestTest {
    @Test
    void noAppendHasMoreContentsThanABucketHasSlots() {
        byte[] header = header("03");
        assertThat(((AppendRequest) BucketRequest.decode(header, ByteBuffer.wrap(new byte[65_536]))).contents())
                .hasSize(65_536);
        assertRefused(Reason.MALFORMED, () -> BucketRequest.decode(header, ByteBuffer.wrap(new byte[65_537])));
    }

    private static final BucketId BUCKET = BucketId.ofHex("000102030405060708090a0b0c0d1efc");

    @ParameterizedTest
    @CsvSource({
        "11, CREATE",
        "81, CREATE", // flags #6 and #7 are its own
        "12, PUT",
        "22, PUT",
        "42, PUT",
        "82, PUT",
        "13, APPEND",
        "23, APPEND",
        "43, APPEND",
        "83, APPEND",
        "14, WIPE",
        "44, WIPE",
        "84, WIPE",
        "64, WIPE", // flag #6 is its own
        "15, REQUEST",
        "45, REQUEST",
        "85, REQUEST",
        "65, REQUEST", // flag #6 is its own
        "16, SUBSCRIBE",
        "26, SUBSCRIBE",
        "46, SUBSCRIBE",
        "86, SUBSCRIBE",
        "17, UNSUBSCRIBE",
        "27, UNSUBSCRIBE",
        "47, UNSUBSCRIBE",
        "87, UNSUBSCRIBE"
    })
    void reservedFlagsAreRefused(String typeFlags, String type) {
        assertMalformed(typeFlags, "")
                .as(type)
                .hasMessageContaining("reserved flags")
                .hasMessageContaining(typeFlags);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08", "09", "0a", "0b", "0c", "0d", "0e"})
    void reservedTypesAreRefused(String typeFlags) {
        assertMalformed(typeFlags, "").hasMessageContaining("reserved type");
    }

    @ParameterizedTest
    @CsvSource({"00, CONNECT", "60, CONNECT", "0f, ERROR"})
    void connectAndErrorAreNoRequests(String typeFlags, String type) {
        assertMalformed(typeFlags, "").hasMessageContaining(type);
    }

    @ParameterizedTest
    @CsvSource({
        "01, 0000", "01, 00", "41, 00000000", // without flag #6, a CREATE subscribes to nothing
        "24, 00", "24, 0000", "24, 00000000", // the whole bucket is deleted
        "07, 00", "07, 0000"
    })
    void aBodyWhereThereIsNoneIsRefused(String typeFlags, String body) {
        assertMalformed(typeFlags, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"21", "61", "04", "05", "25", "06"})
    void aRangeIsNothingOrOneOrTwoWholeIndexes(String typeFlags) {
        assertMalformed(typeFlags, "00").hasMessageContaining("1 bytes");
        assertMalformed(typeFlags, "000000").hasMessageContaining("3 bytes");
        assertMalformed(typeFlags, "0000000000").hasMessageContaining("5 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"21", "61", "04", "05", "25", "06"})
    void aRangeThatEndsBeforeItStartsIsRefused(String typeFlags) {
        assertMalformed(typeFlags, "00090008").hasMessageContaining("before it starts");
        assertMalformed(typeFlags, "ffff0000").hasMessageContaining("before it starts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "01", "0261", "0161ff", "800061", "8080808001", "ffffff7f"})
    void contentsThatAreNotAllThereAreRefused(String body) {
        assertMalformed("03", body);
    }

    @Test
    void theBucketIsTheHeadersRest() {
        assertThat(BucketRequest.bucketId(header("07"))).isEqualTo(BUCKET);
    }

    @Test
    void contentsThatWereReadCannotBeChanged() {
        AppendRequest append =
                (AppendRequest) BucketRequest.decode(header("03"), ByteBuffer.wrap(new byte[] {1, 'a', 0}));

        assertThat(append.contents()).hasSize(2).allMatch(ByteBuffer::isReadOnly);
    }

    @Test
    void contentsAreReadWithoutMovingTheirBuffers() {
        ByteBuffer content = ByteBuffer.wrap(new byte[] {0, 'a', 0}, 1, 1);
        AppendRequest append = new AppendRequest(BUCKET, List.of(content));

        assertThat(append.body()).containsExactly(1, 'a').isEqualTo(append.body());
        assertThat(content.position()).isEqualTo(1);
    }

    @Test
    void aSubscriptionToTheWholeBucketIsToldFromNone() {
        assertThat(BucketRequest.decode(header("21"), ByteBuffer.wrap(new byte[0])))
                .isEqualTo(new CreateRequest(BUCKET, false, Optional.of(SlotRange.all())));
        assertThat(BucketRequest.decode(header("01"), ByteBuffer.wrap(new byte[0])))
                .isEqualTo(new CreateRequest(BUCKET, false, Optional.empty()));
    }

    private static AbstractThrowableAssert<?, ?> assertMalformed(String typeFlags, String body) {
        return assertRefused(
                        Reason.MALFORMED,
                        () -> BucketRequest.decode(
                                header(typeFlags),
                                ByteBuffer.wrap(HexFormat.of().parseHex(body))))
                .isInstanceOf(PlabbleProtocolException.class);
    }

    private static byte[] header(String typeFlags) {
        return HexFormat.of().parseHex(typeFlags + BUCKET);
    }
}
