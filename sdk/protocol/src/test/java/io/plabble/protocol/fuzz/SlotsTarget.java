package io.plabble.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.internal.packet.AppendRequest;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.PutRequest;
import io.plabble.protocol.internal.packet.RandomPackets;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.fuzz.FuzzTarget;
import io.plabble.testsupport.fuzz.Seeds;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** One body as slots of an answer, slots of a PUT, and contents of an APPEND (§8): what is read is written the same. */
final class SlotsTarget implements FuzzTarget {
    private static final BucketId BUCKET = BucketId.of(new byte[BucketId.LENGTH]);
    private static final byte[] ANSWER = new SlotsResponse(0, List.of()).header();
    private static final byte[] PUT = new PutRequest(BUCKET, List.of()).header();
    private static final byte[] APPEND = new AppendRequest(BUCKET, List.of()).header();
    private static final int BODIES = 30;

    @Override
    public void accept(byte[] input) {
        takenOrRefused(() -> {
            SlotsResponse answer = (SlotsResponse) BucketResponse.decode(ANSWER, ByteBuffer.wrap(input));
            PutRequest put = (PutRequest) BucketRequest.decode(PUT, ByteBuffer.wrap(input));
            assertThat(put.slots()).isEqualTo(answer.slots());
            assertThat(answer.body()).isEqualTo(input);
            assertThat(put.body()).isEqualTo(input);
        });
        takenOrRefused(() -> assertThat(
                        BucketRequest.decode(APPEND, ByteBuffer.wrap(input)).body())
                .isEqualTo(input));
    }

    private static void takenOrRefused(Runnable reading) {
        try {
            reading.run();
        } catch (PlabbleProtocolException e) {
            assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        RandomPackets packets = new RandomPackets(Seeds.random());
        VectorFile vectors = VectorFile.named("bucket.json");
        return Seeds.around(Stream.of(
                        Stream.generate(packets::request)
                                .filter(request -> request instanceof PutRequest || request instanceof AppendRequest)
                                .limit(BODIES)
                                .map(BucketRequest::body),
                        bodies(vectors, "slots"),
                        bodies(vectors, "contents"),
                        bodies(vectors, "invalidSlots"))
                .flatMap(bodies -> bodies));
    }

    private static Stream<byte[]> bodies(VectorFile vectors, String list) {
        return vectors.cases(list).map((VectorCase vector) -> vector.bytes("body"));
    }
}
