package io.plabble.sdk.test;

import static io.plabble.sdk.test.RawClient.id;
import static io.plabble.sdk.test.RawClient.putting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.Permission;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.internal.packet.Acknowledgement;
import io.plabble.protocol.internal.packet.CreateRequest;
import io.plabble.protocol.internal.packet.DeleteRequest;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.SubscribeRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of a server there is after a restart (§8): its buckets, but for those that were not to be persisted. */
class RestartTest {
    private final PlabbleTestServer earlier = PlabbleTestServer.start();

    @AfterEach
    void stop() {
        earlier.close();
    }

    private PlabbleTestServer restart() {
        earlier.close();
        return PlabbleTestServer.builder().bucketsOf(earlier).start();
    }

    @Test
    void aBucketIsThereWithItsContentsAndItsKey() throws IOException {
        BucketId bucket = id(Permission.PRIVATE_WRITE);
        BucketKey key;
        try (RawClient client = RawClient.connect(earlier)) {
            key = client.create(bucket);
            client.put(bucket, key, Slot.of(0, "x"), Slot.of(7, "y"));
        }
        try (PlabbleTestServer server = restart();
                RawClient client = RawClient.connect(server)) {
            assertThat(server.bucket(bucket)).contains(List.of(Slot.of(0, "x"), Slot.of(7, "y")));
            assertThat(client.slots(bucket, key)).containsExactly(Slot.of(0, "x"), Slot.of(7, "y"));
            client.put(bucket, key, Slot.of(7, "z"));
            assertThat(client.slots(bucket, key)).containsExactly(Slot.of(0, "x"), Slot.of(7, "z"));
            assertThat(client.code(putting(bucket, Slot.of(0, "not mine")), null))
                    .isEqualTo(3);
            assertThat(client.code(putting(bucket, Slot.of(0, "not mine")), BucketKey.of(new byte[BucketKey.LENGTH])))
                    .isEqualTo(4);
            assertThat(client.code(new CreateRequest(bucket, false, Optional.empty()), null))
                    .isEqualTo(41);
        }
    }

    @Test
    void aBucketThatIsKeptInRamIsGone() throws IOException {
        BucketId bucket = id(Permission.values());
        BucketKey key;
        try (RawClient client = RawClient.connect(earlier)) {
            key = client.create(new CreateRequest(bucket, true, Optional.empty()));
            client.put(bucket, key, Slot.of(0, "x"));
        }
        try (PlabbleTestServer server = restart();
                RawClient client = RawClient.connect(server)) {
            assertThat(server.bucket(bucket)).isEmpty();
            assertThat(client.code(new ReadRequest(bucket, SlotRange.all(), false), key))
                    .isEqualTo(21);
            assertThat(client.slots(bucket, client.create(bucket))).isEmpty();
        }
    }

    @Test
    void subscriptionsAndSessionsAreGone() throws IOException {
        BucketId bucket = id(Permission.values());
        BucketKey key;
        try (RawClient client = RawClient.connect(earlier)) {
            key = client.create(bucket);
            client.ask(new SubscribeRequest(bucket, SlotRange.all()), key);
        }
        try (PlabbleTestServer server = restart()) {
            assertThat(server.sessions()).isEmpty();
            try (RawClient client = RawClient.connect(server)) {
                assertThat(client.ask(putting(bucket, Slot.of(0, "x")), key))
                        .isEqualTo(new Acknowledgement(PacketType.PUT, 0));
                // Nor an update in between:
                assertThat(client.slots(bucket, key)).containsExactly(Slot.of(0, "x"));
                assertThat(server.subscriptions()).isEmpty();
            }
        }
    }

    @Test
    void theEarlierServerKeepsItsBucketsWhateverBecomesOfThem() throws IOException {
        BucketId bucket = id(Permission.values());
        BucketKey key;
        try (RawClient client = RawClient.connect(earlier)) {
            key = client.create(bucket);
            client.put(bucket, key, Slot.of(0, "x"));
        }
        try (PlabbleTestServer first = restart();
                RawClient client = RawClient.connect(first)) {
            client.put(bucket, key, Slot.of(0, "y"));
            client.ask(new DeleteRequest(bucket), key);
            assertThat(first.bucket(bucket)).isEmpty();
        }
        assertThat(earlier.bucket(bucket)).contains(List.of(Slot.of(0, "x")));
        try (PlabbleTestServer second = restart();
                RawClient client = RawClient.connect(second)) {
            assertThat(client.slots(bucket, key)).containsExactly(Slot.of(0, "x"));
        }
    }

    @Test
    void theEarlierServerHasToBeClosed() throws IOException {
        PlabbleTestServer.Builder builder = PlabbleTestServer.builder().bucketsOf(earlier);
        assertThatThrownBy(builder::start)
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageContaining("not closed");
        BucketId bucket = id();
        try (RawClient client = RawClient.connect(earlier)) {
            client.create(bucket);
        }
        earlier.close();
        try (PlabbleTestServer server = builder.start()) {
            assertThat(server.bucket(bucket)).contains(List.of());
        }
    }
}
