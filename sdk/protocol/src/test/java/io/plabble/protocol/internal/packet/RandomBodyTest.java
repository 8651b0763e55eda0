package io.plabble.protocol.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.plabble.protocol.PlabbleProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever an authenticated packet holds, it is read or refused as a protocol fault; what is read is written the same. */
class RandomBodyTest {
    private static final long SEED = 20_260_302;
    private static final int ROUNDS = 5_000;
    private static final int LONGEST = 24;
    private static final int MOST_CHANGES = 4;

    private final Random random = new Random(SEED);
    private final RandomPackets packets = new RandomPackets(random);

    @Test
    void everyRequestIsReadAsItWasWritten() {
        for (int round = 0; round < ROUNDS; round++) {
            BucketRequest request = packets.request();

            assertThat(BucketRequest.decode(request.header(), ByteBuffer.wrap(request.body())))
                    .as(label(round))
                    .isEqualTo(request);
            assertThat(request.bodyLength()).as(label(round)).isEqualTo(request.body().length);
        }
    }

    @Test
    void everyResponseIsReadAsItWasWritten() {
        for (int round = 0; round < ROUNDS; round++) {
            BucketResponse response = packets.response();

            assertThat(BucketResponse.decode(response.header(), ByteBuffer.wrap(response.body())))
                    .as(label(round))
                    .isEqualTo(response);
        }
    }

    @Test
    void randomRequestsAreReadOrRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = packets.bytes(random.nextInt(LONGEST));
            requestIsReadOrRefused(packets.bytes(BucketRequest.HEADER_LENGTH), body, round);
            requestIsReadOrRefused(packets.request().header(), body, round);
        }
    }

    @Test
    void changedRequestsAreReadOrRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            BucketRequest request = packets.request();
            requestIsReadOrRefused(request.header(), changed(request.body()), round);
        }
    }

    @Test
    void randomResponsesAreReadOrRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = packets.bytes(random.nextInt(LONGEST));
            onlyRefuses(
                    input -> BucketResponse.decode(packets.bytes(BucketResponse.HEADER_LENGTH), ByteBuffer.wrap(input)),
                    body,
                    round);
            onlyRefuses(
                    input -> BucketResponse.decode(packets.response().header(), ByteBuffer.wrap(input)), body, round);
        }
    }

    @Test
    void changedResponsesAreReadOrRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            BucketResponse response = packets.response();
            onlyRefuses(
                    input -> BucketResponse.decode(response.header(), ByteBuffer.wrap(input)),
                    changed(response.body()),
                    round);
        }
    }

    @Test
    void randomListsAreReadAndWrittenTheSameOrRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = packets.bytes(random.nextInt(LONGEST));
            onlyRefuses(
                    input -> assertThat(Slots.encode(Slots.decode(ByteBuffer.wrap(input))))
                            .isEqualTo(input),
                    body,
                    round);
            onlyRefuses(
                    input -> assertThat(Contents.encode(Contents.decode(ByteBuffer.wrap(input))))
                            .isEqualTo(input),
                    body,
                    round);
            onlyRefuses(
                    input -> assertThat(Ranges.encode(Ranges.decode(ByteBuffer.wrap(input))))
                            .isEqualTo(input),
                    body,
                    round);
        }
    }

    /** A request has one encoding (D3). */
    private static void requestIsReadOrRefused(byte[] header, byte[] body, int round) {
        onlyRefuses(
                input -> {
                    BucketRequest request = BucketRequest.decode(header, ByteBuffer.wrap(input));
                    assertThat(request.header()).isEqualTo(header);
                    assertThat(request.body()).isEqualTo(input);
                },
                body,
                round);
    }

    private static void onlyRefuses(Consumer<byte[]> decoder, byte[] input, int round) {
        Throwable thrown = catchThrowable(() -> decoder.accept(input));
        if (thrown != null) {
            assertThat(thrown)
                    .as("%s, input %s", label(round), HexFormat.of().formatHex(input))
                    .isInstanceOf(PlabbleProtocolException.class);
        }
    }

    private byte[] changed(byte[] body) {
        int length = random.nextInt(3) == 0 ? random.nextInt(body.length + LONGEST) : body.length;
        byte[] input = Arrays.copyOf(body, length);
        for (int i = random.nextInt(MOST_CHANGES); i > 0 && length > 0; i--) {
            input[random.nextInt(length)] = (byte) random.nextInt();
        }
        return input;
    }

    private static String label(int round) {
        return "seed " + SEED + ", round " + round;
    }
}
