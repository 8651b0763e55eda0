package io.plabble.sdk.test;

import static io.plabble.sdk.test.RawClient.DONE;
import static io.plabble.sdk.test.RawClient.appending;
import static io.plabble.sdk.test.RawClient.error;
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
import io.plabble.protocol.internal.packet.DeleteRequest;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.packet.WipeRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the requests of §8 do to a bucket, whole or not at all. */
@ParameterizedClass
@EnumSource(
        value = TestTransport.class,
        names = {"TCP", "SECURE_WEB_SOCKET"}) // a stream, and all layers at once
class BucketRequestsTest {
    private static final Permission[] ALL = Permission.values();

    private final TestTransport transport;
    private final PlabbleTestServer server;
    private RawClient client;

    BucketRequestsTest(TestTransport transport) {
        this.transport = transport;
        this.server = transport.start();
    }

    @BeforeEach
    void connect() throws IOException {
        client = RawClient.connect(server);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void aNewBucketIsEmptyAndExistsOnce() throws IOException {
        BucketId bucket = id(ALL);
        assertThat(server.bucket(bucket)).isEmpty();
        assertThat(client.ask(new CreateRequest(bucket, true, Optional.empty()), null))
                .isEqualTo(new Acknowledgement(PacketType.CREATE, 0));
        assertThat(server.bucket(bucket)).contains(List.of());
        assertThat(client.ask(new CreateRequest(bucket, true, Optional.empty()), null))
                .isEqualTo(error(1, 41));
        assertThat(server.subscriptions()).isEmpty();
    }

    @Test
    void aCreateThatIsRefusedDoesNotSubscribe() throws IOException {
        BucketId bucket = id(ALL);
        client.create(bucket);
        assertThat(client.code(new CreateRequest(bucket, false, Optional.of(SlotRange.all())), null))
                .isEqualTo(41);
        assertThat(server.subscriptions()).isEmpty();
    }

    @Test
    void aBucketThatIsUnknownAnswers21ToEverythingButCreate() throws IOException {
        BucketId unknown = id(ALL);
        assertThat(client.code(putting(unknown), null)).isEqualTo(21);
        assertThat(client.code(appending(unknown), null)).isEqualTo(21);
        assertThat(client.code(new WipeRequest(unknown, SlotRange.all()), null)).isEqualTo(21);
        assertThat(client.code(new DeleteRequest(unknown), null)).isEqualTo(21);
        assertThat(client.code(new ReadRequest(unknown, SlotRange.all(), true), null))
                .isEqualTo(21);
        assertThat(server.subscriptions()).isEmpty();
    }

    @Test
    void aRequestReadsFilledSlotsOfItsRangeInIndexOrder() throws IOException {
        BucketId bucket = id(ALL);
        BucketKey key = client.create(bucket);
        client.put(bucket, key, Slot.of(65_535, "last"), Slot.of(7, ""), Slot.of(0, "first"), Slot.of(3, "three"));
        assertThat(client.slots(bucket, key))
                .containsExactly(Slot.of(0, "first"), Slot.of(3, "three"), Slot.of(7, ""), Slot.of(65_535, "last"));
        assertThat(client.ask(new ReadRequest(bucket, SlotRange.of(3, 7), false), key))
                .isEqualTo(new SlotsResponse(3, List.of(Slot.of(3, "three"), Slot.of(7, ""))));
        assertThat(client.ask(new ReadRequest(bucket, SlotRange.from(8), false), key))
                .isEqualTo(new SlotsResponse(4, List.of(Slot.of(65_535, "last"))));
        assertThat(client.ask(new ReadRequest(bucket, SlotRange.slot(5), false), key))
                .isEqualTo(new SlotsResponse(5, List.of()));
        assertThat(server.bucket(bucket).orElseThrow()).isEqualTo(client.slots(bucket, key));
    }

    @Test
    void whoMayWriteOverwrites() throws IOException {
        BucketId bucket = id(ALL);
        BucketKey key = client.create(bucket);
        client.put(bucket, key, Slot.of(4, "old"));
        client.put(bucket, key, Slot.of(4, "new"), Slot.of(5, "first"), Slot.of(5, "second"));
        assertThat(client.slots(bucket, key)).containsExactly(Slot.of(4, "new"), Slot.of(5, "second"));
    }

    @Test
    void appendFillsWhatFollowsTheLastFilledSlotNotTheFirstGap() throws IOException {
        BucketId bucket = id(ALL);
        BucketKey key = client.create(bucket);
        assertThat(client.code(appending(bucket, "a", "b"), key)).isEqualTo(DONE);
        client.put(bucket, key, Slot.of(9, ""));
        assertThat(client.code(appending(bucket, "c"), key)).isEqualTo(DONE);
        assertThat(client.slots(bucket, key))
                .containsExactly(Slot.of(0, "a"), Slot.of(1, "b"), Slot.of(9, ""), Slot.of(10, "c"));
        assertThat(client.code(new WipeRequest(bucket, SlotRange.from(1)), key)).isEqualTo(DONE);
        assertThat(client.code(appending(bucket, "again"), key)).isEqualTo(DONE);
        assertThat(client.slots(bucket, key)).containsExactly(Slot.of(0, "a"), Slot.of(1, "again"));
    }

    @Test
    void anAppendThatDoesNotFitIsNotDoneAtAll() throws IOException {
        BucketId bucket = id(ALL);
        BucketKey key = client.create(bucket);
        client.put(bucket, key, Slot.of(65_533, "x"));
        assertThat(client.code(appending(bucket, "a", "b", "c"), key)).isEqualTo(61);
        assertThat(client.slots(bucket, key)).containsExactly(Slot.of(65_533, "x"));
        assertThat(client.code(appending(bucket, "a", "b"), key)).isEqualTo(DONE);
        assertThat(client.code(appending(bucket, "c"), key)).isEqualTo(61);
        assertThat(client.code(appending(bucket), key)).isEqualTo(DONE);
    }

    @Test
    void whoMayOnlyAppendPutsTheNextSlotsOneAfterTheOther() throws IOException {
        BucketId bucket = id(Permission.PUBLIC_APPEND, Permission.PUBLIC_READ, Permission.PRIVATE_WRITE);
        BucketKey key = client.create(bucket);
        client.put(bucket, key, Slot.of(3, "owner"));
        Slot next = Slot.of(4, "next");
        assertThat(client.code(putting(bucket, next, Slot.of(6, "gap")), null)).isEqualTo(3);
        assertThat(client.code(putting(bucket, next, Slot.of(4, "twice")), null))
                .isEqualTo(51);
        assertThat(client.code(putting(bucket, next, Slot.of(3, "filled")), null))
                .isEqualTo(51);
        assertThat(client.code(putting(bucket, Slot.of(5, "before"), next), null))
                .isEqualTo(3);
        assertThat(client.code(putting(bucket, Slot.of(2, "gap")), null)).isEqualTo(3);
        assertThat(client.slots(bucket, null)).containsExactly(Slot.of(3, "owner"));

        assertThat(client.code(putting(bucket, next, Slot.of(5, "after")), null))
                .isEqualTo(DONE);
        assertThat(client.slots(bucket, null)).containsExactly(Slot.of(3, "owner"), next, Slot.of(5, "after"));
    }

    @Test
    void aFullBucketHasNoNextSlot() throws IOException {
        BucketId bucket = id(Permission.PUBLIC_APPEND, Permission.PRIVATE_WRITE);
        BucketKey key = client.create(bucket);
        client.put(bucket, key, Slot.of(65_535, "last"));
        assertThat(client.code(appending(bucket, "more"), null)).isEqualTo(61);
        assertThat(client.code(putting(bucket, Slot.of(65_535, "again")), null)).isEqualTo(51);
        assertThat(client.code(putting(bucket, Slot.of(0, "gap")), null)).isEqualTo(3);
    }

    @Test
    void wipeEmptiesItsRangeOnly() throws IOException {
        BucketId bucket = id(ALL);
        BucketKey key = client.create(bucket);
        client.put(bucket, key, Slot.of(1, "a"), Slot.of(2, "b"), Slot.of(3, "c"));
        assertThat(client.ask(new WipeRequest(bucket, SlotRange.of(2, 2)), key))
                .isEqualTo(new Acknowledgement(PacketType.WIPE, 2));
        assertThat(server.bucket(bucket)).contains(List.of(Slot.of(1, "a"), Slot.of(3, "c")));
        assertThat(client.code(new WipeRequest(bucket, SlotRange.all()), key)).isEqualTo(DONE);
        assertThat(server.bucket(bucket)).contains(List.of());
    }

    @Test
    void aDeletedBucketMayBeCreatedAgainAndHasAnotherKey() throws IOException {
        BucketId bucket = id(ALL);
        BucketKey old = client.create(bucket);
        client.put(bucket, old, Slot.of(1, "a"));
        assertThat(client.ask(new DeleteRequest(bucket), old)).isEqualTo(new Acknowledgement(PacketType.WIPE, 2));
        assertThat(server.bucket(bucket)).isEmpty();
        assertThat(client.code(new ReadRequest(bucket, SlotRange.all(), false), old))
                .isEqualTo(21);

        BucketKey key = client.create(bucket);
        assertThat(client.slots(bucket, key)).isEmpty();
        assertThat(client.code(putting(bucket), old)).isEqualTo(4);
    }

    @Test
    void theKeyOutlivesTheSessionThatCreatedTheBucket() throws IOException {
        BucketId bucket = id(Permission.PRIVATE_WRITE);
        BucketKey key = client.create(bucket);
        client.close();
        try (RawClient later = RawClient.connect(server, false)) {
            later.put(bucket, key, Slot.of(0, "mine"));
            assertThat(later.slots(bucket, key)).containsExactly(Slot.of(0, "mine"));
            assertThat(later.code(new ReadRequest(bucket, SlotRange.all(), false), null))
                    .isEqualTo(3);
        }
    }

    @Test
    void contentAboveTheServersLimitIsTooLargeBeforeItIsForbidden() throws IOException {
        try (PlabbleTestServer small = transport.builder().largestContent(3).start();
                RawClient writer = RawClient.connect(small)) {
            BucketId bucket = id(ALL);
            BucketKey key = writer.create(bucket);
            assertThat(writer.code(putting(bucket, Slot.of(0, "abc"), Slot.of(1, "abcd")), key))
                    .isEqualTo(5);
            assertThat(writer.code(appending(bucket, "abcd"), key)).isEqualTo(5);
            assertThat(writer.slots(bucket, key)).isEmpty();
            assertThat(writer.code(putting(bucket, Slot.of(0, "abc")), key)).isEqualTo(DONE);

            BucketId forbidden = id();
            BucketKey keyOfForbidden = writer.create(forbidden);
            assertThat(writer.code(putting(forbidden, Slot.of(0, "abcd")), keyOfForbidden))
                    .isEqualTo(5);
            assertThat(writer.code(putting(forbidden, Slot.of(0, "abc")), keyOfForbidden))
                    .isEqualTo(3);
        }
    }

    @Test
    void aLargeContentComesBackWhole() throws IOException {
        BucketId bucket = id(ALL);
        BucketKey key = client.create(bucket);
        byte[] content = new byte[300_000];
        content[299_999] = 1;
        client.put(bucket, key, Slot.of(0, content));
        assertThat(client.slots(bucket, key)).containsExactly(Slot.of(0, content));
    }

    @Test
    void aBucketRemembersWhetherItIsKeptInRam() {
        BucketKey key = BucketKey.of(new byte[BucketKey.LENGTH]);
        assertThat(new StoredBucket(id(), key, true, Instant.EPOCH).isRam()).isTrue();
        assertThat(new StoredBucket(id(), key, false, Instant.EPOCH).isRam()).isFalse();
    }
}
