package io.plabble.sdk.test;

import static io.plabble.sdk.test.RawClient.DONE;
import static io.plabble.sdk.test.RawClient.id;
import static io.plabble.sdk.test.RawClient.putting;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.Permission;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.Acknowledgement;
import io.plabble.protocol.internal.packet.CreateRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.packet.SubscribeRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** No counter is used after 65,534 (§6, D10). */
@ParameterizedClass
@EnumSource(TestTransport.class)
class CounterEndTest {
    private static final int LAST = 65_534;

    private final TestTransport transport;

    CounterEndTest(TestTransport transport) {
        this.transport = transport;
    }

    @Test
    void theServerClosesWhenItHasAnsweredTheLastRequest() throws IOException {
        try (PlabbleTestServer server =
                        transport.builder().firstCounters(LAST - 1, 7).start();
                RawClient client = RawClient.connect(server).startingAt(LAST - 1, 7)) {
            BucketId bucket = id(Permission.values());
            BucketKey key = client.create(bucket);
            assertThat(client.ask(putting(bucket, Slot.of(0, "last")), key))
                    .isEqualTo(new Acknowledgement(PacketType.PUT, LAST));
            client.socket().expectEnd();
            assertThat(server.bucket(bucket)).contains(List.of(Slot.of(0, "last")));
        }
    }

    @Test
    void theServerClosesWhenItsOwnCounterIsUsedUp() throws IOException {
        try (PlabbleTestServer server =
                        transport.builder().firstCounters(0, LAST - 1).start();
                RawClient client = RawClient.connect(server).startingAt(0, LAST - 1)) {
            BucketId bucket = id(Permission.values());
            BucketKey key = client.create(bucket);
            assertThat(client.code(putting(bucket), key)).isEqualTo(DONE);
            client.socket().expectEnd();
        }
    }

    @Test
    void updatesUseUpServerCountersToo() throws IOException {
        try (PlabbleTestServer server =
                        transport.builder().firstCounters(0, LAST - 2).start();
                RawClient client = RawClient.connect(server).startingAt(0, LAST - 2)) {
            BucketId bucket = id(Permission.values());
            BucketKey key = client.create(new CreateRequest(bucket, false, Optional.of(SlotRange.all())));
            client.put(bucket, key, Slot.of(0, "told"), Slot.of(1, "not told"));
            assertThat(client.read()).isEqualTo(new SlotsResponse(0, List.of(Slot.of(0, "told"))));
            client.socket().expectEnd();
            assertThat(server.bucket(bucket).orElseThrow()).hasSize(2);
        }
    }

    @Test
    void aSubscriberWhoseConnectionIsAtItsEndKeepsNobodyElseFromHearing() throws IOException {
        try (PlabbleTestServer server =
                        transport.builder().firstCounters(0, LAST - 2).start();
                RawClient first = RawClient.connect(server).startingAt(0, LAST - 2);
                RawClient second = RawClient.connect(server).startingAt(0, LAST - 2);
                RawClient third = RawClient.connect(server).startingAt(0, LAST - 2)) {
            BucketId bucket = id(Permission.values());
            first.create(new CreateRequest(bucket, false, Optional.of(SlotRange.all())));
            third.ask(new SubscribeRequest(bucket, SlotRange.all()), null);
            second.ask(putting(bucket, Slot.of(0, "a"), Slot.of(1, "b"), Slot.of(2, "c")), null);
            for (RawClient subscriber : List.of(first, third)) {
                assertThat(subscriber.read()).isEqualTo(new SlotsResponse(0, List.of(Slot.of(0, "a"))));
                assertThat(subscriber.read()).isEqualTo(new SlotsResponse(0, List.of(Slot.of(1, "b"))));
                subscriber.socket().expectEnd();
            }
        }
    }

    @Test
    void theLastErrorIsAnAnswerAsWell() throws IOException {
        try (PlabbleTestServer server =
                        transport.builder().firstCounters(LAST, 0).start();
                RawClient client = RawClient.connect(server).startingAt(LAST, 0)) {
            assertThat(client.code(putting(id()), null)).isEqualTo(21);
            client.socket().expectEnd();
        }
    }

    @Test
    void aRequestBeyondTheLastCounterClosesTheConnection() throws IOException {
        try (PlabbleTestServer server = transport
                        .builder()
                        .firstCounters(LAST, 0)
                        .fault(FaultPoint.REQUEST_RECEIVED, Fault.silence())
                        .start();
                RawClient client = RawClient.connect(server).startingAt(LAST, 0)) {
            client.send(putting(id()), null);
            client.send(putting(id()), null);
            client.socket().expectEnd();
            assertThat(server.received(PacketType.PUT)).isEqualTo(1);
        }
    }
}
