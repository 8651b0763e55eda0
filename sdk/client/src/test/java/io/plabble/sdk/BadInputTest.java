package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.Permission;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/** What cannot be right is refused at the call, before anything is sent and without using up a counter. */
class BadInputTest extends SessionFixture {
    private static final int LIMIT = 1024;
    /** What of a packet is not its body: the header and what protects it. */
    private static final int AROUND_THE_BODY = 17 + 16;

    private PlabbleSession session;
    private Bucket bucket;
    private int remaining;

    @BeforeEach
    void countWhatIsSent() {
        session = connect(client().maxPacketSize(LIMIT));
        bucket = create(session);
        remaining = session.remainingRequests();
    }

    @AfterEach
    void nothingWasSent() {
        assertThat(session.remainingRequests()).isEqualTo(remaining);
        assertThat(slots(bucket.read())).isEmpty(); // and whatever had been sent before has been received by now
        assertThat(Stream.of(PacketType.values()).filter(type -> server.received(type) != 0))
                .containsExactly(PacketType.CREATE, PacketType.REQUEST);
        assertThat(server.received(PacketType.CREATE)).isEqualTo(1);
        assertThat(server.received(PacketType.REQUEST)).isEqualTo(1);
    }

    @Test
    void indexesOutsideABucket() {
        for (int index : new int[] {-1, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            refused(
                    () -> Slot.of(index, "text"),
                    () -> Slot.of(index, new byte[1]),
                    () -> Slot.of(index, ByteBuffer.allocate(1)),
                    () -> bucket.put(index, "text"),
                    () -> bucket.put(index, new byte[1]),
                    () -> bucket.read(index),
                    () -> bucket.wipe(index),
                    () -> SlotRange.slot(index),
                    () -> SlotRange.from(index),
                    () -> SlotRange.of(index, 65_535),
                    () -> SlotRange.of(0, index));
        }
    }

    @Test
    void rangesThatEndBeforeTheyStart() {
        refused(
                () -> SlotRange.of(1, 0),
                () -> SlotRange.of(65_535, 65_534),
                () -> new SlotRange(OptionalInt.empty(), OptionalInt.of(3)));
        assertThatThrownBy(() -> SlotRange.of(7, 5)).hasMessageEndingWith("its end 5 is before its start 7");
    }

    @Test
    void contentAboveThePacketLimit() {
        int onePut = LIMIT - AROUND_THE_BODY - 2 - 2; // less Index and Length
        int oneAppended = LIMIT - AROUND_THE_BODY - 2;

        assertThat(bucket.put(0, new byte[onePut])).isNotNull();
        assertThat(bucket.append(new byte[oneAppended])).isNotNull();
        refused(
                () -> bucket.put(0, new byte[onePut + 1]),
                () -> bucket.put(Slot.of(0, new byte[onePut - 3]), Slot.of(1, new byte[1])),
                () -> bucket.put(0, new byte[17 * LIMIT]),
                () -> bucket.append(new byte[oneAppended + 1]),
                () -> bucket.append(new byte[oneAppended - 1], new byte[1]),
                () -> bucket.put(manySlots(LIMIT)));
        assertThatThrownBy(() -> bucket.put(0, new byte[onePut + 1]))
                .hasMessage("PUT: a packet of 1025 bytes, at most 1024 are sent; see maxPacketSize(…)");
    }

    @Test
    void moreContentThanAnIntegerCanCount() {
        Slot twoMebibytes = Slot.of(0, new byte[2 << 20]);
        int thousand = 1023;
        int rest = Integer.MAX_VALUE - thousand * (2 + 4 + twoMebibytes.length()) - 2 - 3;

        for (int body = rest - 2 * AROUND_THE_BODY; body < rest + AROUND_THE_BODY; body++) {
            List<Slot> slots = new ArrayList<>(Collections.nCopies(thousand, twoMebibytes));
            slots.add(Slot.of(1, new byte[body]));
            refused(() -> bucket.put(slots));
        }
        refused(() -> bucket.put(Collections.nCopies(10_000, twoMebibytes)));
    }

    @Test
    void moreSlotsThanABucketHas() {
        Collection<Slot> tooMany = Collections.nCopies(65_537, Slot.of(0, ""));
        refused(
                () -> connect(client()).bucket(bucket.id()).put(tooMany),
                () -> connect(client()).bucket(bucket.id()).append(Collections.nCopies(65_537, new byte[0])));
    }

    @Test
    void nothingToPutOrToAppend() {
        refused(
                () -> bucket.put(),
                () -> bucket.put(List.of()),
                () -> bucket.append(new byte[0][]),
                () -> bucket.append(new String[0]),
                () -> bucket.append(List.of()));
    }

    @Test
    void nullsInPlaceOfContent() {
        refused(
                () -> bucket.put((Slot[]) null),
                () -> bucket.put((Slot) null),
                () -> bucket.put(Slot.of(0, "one"), null),
                () -> bucket.put((Collection<Slot>) null),
                () -> bucket.put(Arrays.asList(Slot.of(0, "one"), null)),
                () -> bucket.put(0, (byte[]) null),
                () -> bucket.put(0, (String) null),
                () -> bucket.append((byte[][]) null),
                () -> bucket.append((byte[]) null),
                () -> bucket.append(new byte[1], null),
                () -> bucket.append((Collection<byte[]>) null),
                () -> bucket.append(Arrays.asList(new byte[1], null)),
                () -> bucket.append((String[]) null),
                () -> bucket.append((String) null),
                () -> bucket.append("one", null),
                () -> Slot.of(0, (byte[]) null),
                () -> Slot.of(0, (String) null),
                () -> Slot.of(0, (ByteBuffer) null));
    }

    @Test
    void nullsInPlaceOfRanges() {
        refused(
                () -> bucket.read(null),
                () -> bucket.wipe(null),
                () -> bucket.updates(null),
                () -> bucket.readAndFollow(null),
                () -> ALL_PRIVATE.subscribed(null),
                () -> new SlotRange(null, OptionalInt.empty()),
                () -> new SlotRange(OptionalInt.of(0), null));
    }

    @Test
    void nullsInPlaceOfIdsKeysAndSpecs() {
        BucketKey key = bucket.key().orElseThrow();
        refused(
                () -> session.bucket(null),
                () -> session.bucket(null, key),
                () -> session.bucket(bucket.id(), null),
                () -> session.createBucket(null),
                () -> BucketId.generate(0, null),
                () -> BucketId.generate(0, Collections.singleton(null)),
                () -> BucketSpec.of((Permission[]) null),
                () -> BucketSpec.of(Permission.DELETABLE, null),
                () -> new BucketSpec(null, 0, false, Optional.empty()),
                () -> new BucketSpec(Collections.singleton(null), 0, false, Optional.empty()),
                () -> new BucketSpec(Set.of(), 0, false, null));
    }

    @Test
    void idsAndKeysOfAnotherLength() {
        refused(
                () -> BucketId.of(null),
                () -> BucketId.of(new byte[0]),
                () -> BucketId.of(new byte[15]),
                () -> BucketId.of(new byte[17]),
                () -> BucketId.ofHex(null),
                () -> BucketId.ofHex(""),
                () -> BucketId.ofHex("00".repeat(15)),
                () -> BucketId.ofHex("00".repeat(15) + "0"),
                () -> BucketId.ofHex("00".repeat(15) + "0g"),
                () -> BucketId.ofHex("00".repeat(17)),
                () -> BucketKey.of(null),
                () -> BucketKey.of(new byte[0]),
                () -> BucketKey.of(new byte[31]),
                () -> BucketKey.of(new byte[33]),
                () -> BucketKey.ofHex(null),
                () -> BucketKey.ofHex(""),
                () -> BucketKey.ofHex("00".repeat(31)),
                () -> BucketKey.ofHex("00".repeat(31) + "0"),
                () -> BucketKey.ofHex("00".repeat(31) + "0g"),
                () -> BucketKey.ofHex("00".repeat(33)));
    }

    @Test
    void lifetimesThatAnIdCannotHold() {
        for (int days : new int[] {-1, 256, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            refused(
                    () -> ALL_PRIVATE.lifetimeDays(days),
                    () -> new BucketSpec(Set.of(), days, false, Optional.empty()),
                    () -> BucketId.generate(days, Set.of()));
        }
    }

    @Test
    void settingsOfASessionOutsideTheirBounds() {
        PlabbleClient client = client();
        refused(
                () -> client.requestTimeout(null),
                () -> client.requestTimeout(Duration.ZERO),
                () -> client.requestTimeout(Duration.ofNanos(-1)),
                () -> client.requestTimeout(Duration.ofDays(1).plusNanos(1)),
                () -> client.maxRequestsInFlight(0),
                () -> client.maxRequestsInFlight(-1),
                () -> client.maxRequestsInFlight(65_536),
                () -> client.maxPendingBytes(0),
                () -> client.maxPendingBytes(-1),
                () -> client.maxPacketSize(1023),
                () -> client.maxPacketSize(-1),
                () -> client.maxPacketSize(268_435_456),
                () -> client.updateBuffer(0),
                () -> client.updateBuffer(-1),
                () -> client.updateBuffer(65_537),
                () -> client.updateOverflow(null));
    }

    @Test
    void settingsOfASessionAtTheirBoundsAreTaken() {
        PlabbleClient client = client();
        assertThat(List.of(
                        client.requestTimeout(Duration.ofNanos(1)),
                        client.requestTimeout(Duration.ofDays(1)),
                        client.maxRequestsInFlight(1),
                        client.maxRequestsInFlight(65_535),
                        client.maxPendingBytes(1),
                        client.maxPendingBytes(Long.MAX_VALUE),
                        client.maxPacketSize(1024),
                        client.maxPacketSize(268_435_455),
                        client.updateBuffer(1),
                        client.updateBuffer(65_536),
                        client.updateOverflow(UpdateOverflow.DROP_LATEST)))
                .doesNotContain(client)
                .doesNotHaveDuplicates();
    }

    @Test
    void anErasedKeyIsSignalledAndUsesNoCounter() {
        BucketKey key = BucketKey.of(bucket.key().orElseThrow().copy());
        Bucket erased = session.bucket(bucket.id(), key);
        List<Publisher<?>> requests = List.of(
                erased.put(0, "no"),
                erased.append("no"),
                erased.read(),
                erased.wipe(0),
                erased.delete(),
                erased.updates(),
                erased.readAndFollow());

        key.destroy();

        for (Publisher<?> request : requests) {
            fails(request, PlabbleConfigurationException.class, error -> {
                assertThat(error.reason()).isEqualTo(Reason.CONFIGURATION);
                assertThat(error.requestWritten()).isFalse();
                assertThat(error.bucketId()).contains(bucket.id());
                assertThat(error).hasMessageContaining("erased");
            });
        }
    }

    private static List<Slot> manySlots(int count) {
        return IntStream.range(0, count).mapToObj(i -> Slot.of(i, "")).toList();
    }

    private static void refused(ThrowingCallable... calls) {
        for (int i = 0; i < calls.length; i++) {
            assertThatThrownBy(calls[i])
                    .as("call %s", i)
                    .isInstanceOfSatisfying(PlabbleConfigurationException.class, refusal -> {
                        assertThat(refusal.reason()).isEqualTo(Reason.CONFIGURATION);
                        assertThat(refusal.requestWritten()).isFalse();
                    })
                    .hasMessageMatching(".{10,}");
        }
    }
}
