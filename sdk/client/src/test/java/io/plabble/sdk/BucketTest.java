package io.plabble.sdk;

import static io.plabble.protocol.Permission.PRIVATE_APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.StepVerifier;

/** What can be done with the slots of a bucket (§8), in both ways of protection. */
class BucketTest extends SessionFixture {
    private static final int MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void putFillsOneSlot(Encryption encryption) {
        Bucket bucket = create(connect(encryption));

        done(bucket.put(7, new byte[] {1, 2, 3}));

        assertThat(server.bucket(bucket.id())).contains(List.of(Slot.of(7, new byte[] {1, 2, 3})));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void textIsPutAndAppendedInUtf8(Encryption encryption) {
        Bucket bucket = create(connect(encryption));

        done(bucket.put(0, "smörgås"));
        done(bucket.append("🦦", ""));

        assertThat(server.bucket(bucket.id()))
                .contains(List.of(
                        Slot.of(0, "smörgås".getBytes(StandardCharsets.UTF_8)),
                        Slot.of(1, "🦦".getBytes(StandardCharsets.UTF_8)),
                        Slot.of(2, new byte[0])));
        assertThat(slots(bucket.read())).extracting(Slot::text).containsExactly("smörgås", "🦦", "");
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void severalSlotsTravelInOnePacket(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        List<Slot> hundred =
                IntStream.range(0, 100).mapToObj(i -> Slot.of(i, "slot " + i)).toList();

        done(bucket.put(hundred));
        assertThat(slots(bucket.read())).isEqualTo(hundred);

        assertThat(server.received(PacketType.PUT)).isEqualTo(1);
        assertThat(server.received(PacketType.REQUEST)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void putOverwrites(Encryption encryption) {
        Bucket bucket = create(connect(encryption));

        done(bucket.put(Slot.of(1, "old"), Slot.of(2, "stays")));
        done(bucket.put(1, "new"));

        assertThat(slots(bucket.read())).containsExactly(Slot.of(1, "new"), Slot.of(2, "stays"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void ofTwoEntriesForOneSlotTheLaterStays(Encryption encryption) {
        Bucket bucket = create(connect(encryption));

        done(bucket.put(Slot.of(1, "first"), Slot.of(1, "second")));

        assertThat(slots(bucket.read())).containsExactly(Slot.of(1, "second"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void appendFillsTheSlotAfterTheLastFilledOne(Encryption encryption) {
        Bucket bucket = create(connect(encryption));

        done(bucket.append("zero"));
        done(bucket.put(10, "ten"));
        done(bucket.append(new byte[] {11}));

        assertThat(slots(bucket.read()))
                .containsExactly(Slot.of(0, "zero"), Slot.of(10, "ten"), Slot.of(11, new byte[] {11}));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void severalContentsAreAppendedInOnePacketAndInTheirOrder(Encryption encryption) {
        Bucket bucket = create(connect(encryption));

        done(bucket.append("a", "b", "c"));
        done(bucket.append(List.of(new byte[] {'d'}, new byte[] {'e'})));
        done(bucket.append(new byte[] {'f'}, new byte[] {'g'}));

        assertThat(slots(bucket.read())).extracting(Slot::text).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(slots(bucket.read())).extracting(Slot::index).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(server.received(PacketType.APPEND)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void permissionToAppendIsPermissionToPutTheNextSlot(Encryption encryption) {
        Bucket bucket = create(connect(encryption), BucketSpec.of(PRIVATE_APPEND));

        done(bucket.put(0, "zero"));
        done(bucket.put(Slot.of(1, "one"), Slot.of(2, "two")));

        assertThat(slots(bucket.read())).extracting(Slot::text).containsExactly("zero", "one", "two");
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void readGivesTheFilledSlotsOfARangeInTheOrderOfTheirIndexes(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        Slot first = Slot.of(0, "first");
        Slot three = Slot.of(3, "three");
        Slot five = Slot.of(5, "five");
        Slot last = Slot.of(65_535, "last");
        done(bucket.put(last, five, first, three));

        assertThat(slots(bucket.read())).containsExactly(first, three, five, last);
        assertThat(slots(bucket.read(SlotRange.all()))).containsExactly(first, three, five, last);
        assertThat(slots(bucket.read(SlotRange.of(0, 65_535)))).containsExactly(first, three, five, last);
        assertThat(slots(bucket.read(SlotRange.of(3, 5)))).containsExactly(three, five);
        assertThat(slots(bucket.read(SlotRange.of(4, 4)))).isEmpty();
        assertThat(slots(bucket.read(SlotRange.from(4)))).containsExactly(five, last);
        assertThat(slots(bucket.read(SlotRange.from(65_535)))).containsExactly(last);
        assertThat(slots(bucket.read(0))).containsExactly(first);
        assertThat(slots(bucket.read(65_535))).containsExactly(last);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void readingAnEmptySlotCompletesWithoutIt(Encryption encryption) {
        Bucket bucket = create(connect(encryption));

        StepVerifier.create(bucket.read(9)).expectComplete().verify(BOUND);
        StepVerifier.create(bucket.read()).expectComplete().verify(BOUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void readHonoursBackpressure(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        done(bucket.append("a", "b", "c"));

        StepVerifier.create(bucket.read().map(Slot::text), 1)
                .expectNext("a")
                .thenRequest(1)
                .expectNext("b")
                .thenRequest(1)
                .expectNext("c")
                .expectComplete()
                .verify(BOUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void wipeEmptiesSlots(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        done(bucket.append("0", "1", "2", "3", "4", "5"));

        done(bucket.wipe(1));
        assertThat(slots(bucket.read())).extracting(Slot::index).containsExactly(0, 2, 3, 4, 5);
        done(bucket.wipe(SlotRange.of(2, 3)));
        assertThat(slots(bucket.read())).extracting(Slot::index).containsExactly(0, 4, 5);
        done(bucket.wipe(SlotRange.from(5)));
        assertThat(slots(bucket.read())).extracting(Slot::index).containsExactly(0, 4);
        done(bucket.wipe(SlotRange.all()));
        assertThat(slots(bucket.read())).isEmpty();
        done(bucket.wipe(0));
        assertThat(server.received(PacketType.WIPE)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aDeletedBucketIsGone(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        done(bucket.put(0, "content"));

        done(bucket.delete());

        assertThat(server.bucket(bucket.id())).isEmpty();
        fails(
                bucket.read(),
                PlabbleServerException.class,
                gone -> assertThat(gone.errorCode()).contains(ErrorCode.BUCKET_DOES_NOT_EXIST));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void emptyContentIsContent(Encryption encryption) {
        Bucket bucket = create(connect(encryption));

        done(bucket.put(4, new byte[0]));
        done(bucket.append(new byte[0]));

        assertThat(slots(bucket.read())).containsExactly(Slot.of(4, ""), Slot.of(5, ""));
        assertThat(slots(bucket.read(4))).allMatch(Slot::isEmpty).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void largeContentComesBackAsItWent(Encryption encryption) {
        byte[] large = new byte[MEBIBYTE];
        new Random(3).nextBytes(large);
        Bucket bucket = create(connect(encryption));

        done(bucket.put(1, large));
        done(bucket.append(large, new byte[] {1}, large));

        assertThat(slots(bucket.read(1))).containsExactly(Slot.of(1, large));
        assertThat(slots(bucket.read()))
                .containsExactly(Slot.of(1, large), Slot.of(2, large), Slot.of(3, new byte[] {1}), Slot.of(4, large));
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void everyLengthAtTheEdgesOfLengthComesBack(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        List<Slot> edges = IntStream.of(1, 127, 128, 16_383, 16_384)
                .mapToObj(length -> Slot.of(length, new byte[length]))
                .toList();

        done(bucket.put(edges));

        assertThat(slots(bucket.read())).isEqualTo(edges);
    }
}
