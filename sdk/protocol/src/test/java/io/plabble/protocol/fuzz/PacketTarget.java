package io.plabble.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.ConnectAnswer;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ConnectResponse;
import io.plabble.protocol.internal.packet.ErrorResponse;
import io.plabble.protocol.internal.packet.RandomPackets;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.fuzz.Choices;
import io.plabble.testsupport.fuzz.FuzzTarget;
import io.plabble.testsupport.fuzz.Seeds;
import java.nio.ByteBuffer;
import java.util.stream.Stream;

/** Every kind of packet (§3, §4, §8, §9), as either end reads it: what is read is written the same, but for the text of an ERROR. */
final class PacketTarget implements FuzzTarget {
    private static final int REQUEST = 0;
    private static final int RESPONSE = 1;
    private static final int CONNECT_REQUEST = 2;
    private static final int CONNECT_ANSWER = 3;
    private static final int KINDS = 4;
    private static final int PACKETS = 30;

    @Override
    public void accept(byte[] input) {
        Choices choices = new Choices(input);
        try {
            switch (choices.below(KINDS)) {
                case REQUEST -> request(choices.rest());
                case RESPONSE -> response(choices.rest());
                case CONNECT_REQUEST -> connectRequest(choices.rest());
                default -> connectAnswer(choices.rest());
            }
        } catch (PlabbleProtocolException e) {
            assertThat(e).hasMessageMatching("\\P{Cntrl}+");
        }
    }

    private static void request(byte[] packet) {
        if (packet.length >= BucketRequest.HEADER_LENGTH) { // protection has refused what is shorter
            BucketRequest request = BucketRequest.decode(
                    Bytes.head(packet, BucketRequest.HEADER_LENGTH),
                    ByteBuffer.wrap(Bytes.tail(packet, BucketRequest.HEADER_LENGTH)));
            assertThat(Bytes.join(request.header(), request.body())).isEqualTo(packet);
            assertThat(request.bodyLength()).isEqualTo(request.body().length);
        }
    }

    private static void response(byte[] packet) {
        if (packet.length >= BucketResponse.HEADER_LENGTH) {
            BucketResponse response = BucketResponse.decode(
                    Bytes.head(packet, BucketResponse.HEADER_LENGTH),
                    ByteBuffer.wrap(Bytes.tail(packet, BucketResponse.HEADER_LENGTH)));
            assertThat(BucketResponse.decode(response.header(), ByteBuffer.wrap(response.body())))
                    .isEqualTo(response);
            if (!(response instanceof ErrorResponse)) {
                assertThat(Bytes.join(response.header(), response.body())).isEqualTo(packet);
            }
        }
    }

    private static void connectRequest(byte[] packet) {
        ConnectRequest request = ConnectRequest.decode(packet);
        if (request.version() == ConnectRequest.VERSION) {
            assertThat(request.encoded()).isEqualTo(packet);
        }
    }

    private static void connectAnswer(byte[] packet) {
        ConnectAnswer answer = ConnectAnswer.decode(packet);
        if (answer instanceof ConnectResponse) {
            assertThat(answer.encoded()).isEqualTo(packet);
        } else {
            assertThat(ConnectAnswer.decode(answer.encoded())).isEqualTo(answer);
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        RandomPackets packets = new RandomPackets(Seeds.random());
        return Seeds.around(Stream.of(
                        Seeds.chosen(
                                REQUEST,
                                Stream.generate(packets::request)
                                        .limit(PACKETS)
                                        .map(request -> Bytes.join(request.header(), request.body()))),
                        Seeds.chosen(
                                RESPONSE,
                                Stream.generate(packets::response)
                                        .limit(PACKETS)
                                        .map(response -> Bytes.join(response.header(), response.body()))),
                        Seeds.chosen(CONNECT_REQUEST, exchanges("request")),
                        Seeds.chosen(CONNECT_ANSWER, exchanges("response")))
                .flatMap(seeds -> seeds));
    }

    private static Stream<byte[]> exchanges(String field) {
        return VectorFile.named("connect.json").cases("exchanges").map(vector -> vector.bytes(field));
    }
}
