package io.plabble.protocol.internal.packet;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorSource;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;

/** The bodies of §8. */
class BodyVectorsTest {
    private static final String FILE = "bucket.json";
    private static final byte[] ANSWER_TO_REQUEST = {5, 0, 8};
    private static final byte[] PUT = new PutRequest(BucketId.of(new byte[BucketId.LENGTH]), List.of()).header();

    @ParameterizedTest
    @VectorSource(file = FILE, list = "ranges")
    void aRangeIsWrittenAsLongAsItSays(VectorCase vector) {
        assertThat(Ranges.encode(range(vector))).isEqualTo(vector.bytes("body"));
        assertThat(Ranges.length(range(vector))).isEqualTo(vector.bytes("body").length);
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "ranges")
    void aRangeIsReadAsItWasWritten(VectorCase vector) {
        assertThat(Ranges.decode(ByteBuffer.wrap(vector.bytes("body")))).isEqualTo(range(vector));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "slots")
    void slotsAreWritten(VectorCase vector) {
        assertThat(Slots.encode(slots(vector))).isEqualTo(vector.bytes("body"));
        assertThat(Slots.length(slots(vector))).isEqualTo(vector.bytes("body").length);
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "slots")
    void slotsAreReadInTheirOrder(VectorCase vector) {
        assertThat(Slots.decode(ByteBuffer.wrap(vector.bytes("body")))).isEqualTo(slots(vector));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "contents")
    void contentsAreWritten(VectorCase vector) {
        assertThat(Contents.encode(contents(vector))).isEqualTo(vector.bytes("body"));
        assertThat(Contents.length(contents(vector))).isEqualTo(vector.bytes("body").length);
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "contents")
    void contentsAreReadInTheirOrder(VectorCase vector) {
        assertThat(Contents.decode(ByteBuffer.wrap(vector.bytes("body")))).isEqualTo(contents(vector));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "invalidSlots")
    void whatIsNoListOfSlotsIsRefused(VectorCase vector) {
        byte[] body = vector.bytes("body");

        assertRefused(vector.text("reason"), () -> BucketResponse.decode(ANSWER_TO_REQUEST, ByteBuffer.wrap(body)));
        assertRefused(vector.text("reason"), () -> BucketRequest.decode(PUT, ByteBuffer.wrap(body)));
    }

    private static SlotRange range(VectorCase vector) {
        return new SlotRange(vector.optionalInteger("start"), vector.optionalInteger("end"));
    }

    private static List<Slot> slots(VectorCase vector) {
        return vector.cases("slots").stream()
                .map(slot -> Slot.of(slot.integer("index"), slot.bytes("content")))
                .toList();
    }

    private static List<ByteBuffer> contents(VectorCase vector) {
        return vector.byteStrings("contents").stream().map(ByteBuffer::wrap).toList();
    }
}
