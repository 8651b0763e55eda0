package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody knows of a bucket, and what he has to be told to know how it is now. */
class KnownSlotsTest {
    private final KnownSlots known = new KnownSlots();

    @Test
    void toWhoKnowsNothingEverySlotIsNews() {
        List<Slot> filled = List.of(slot(1, "a"), slot(7, "b"));

        assertThat(known.catchUp(filled)).isEqualTo(filled);
    }

    @Test
    void whatHasBeenToldIsNoNews() {
        known.told(slot(1, "a"));

        assertThat(known.catchUp(List.of(slot(1, "a")))).isEmpty();
    }

    @Test
    void ofSeveralTellingsTheLastCounts() {
        known.told(slot(1, "a"));
        known.told(slot(1, "b"));

        assertThat(known.catchUp(List.of(slot(1, "a")))).containsExactly(slot(1, "a"));
    }

    @Test
    void whatIsMissingHasBeenWiped() {
        known.told(slot(1, "a"));
        known.told(slot(2, "b"));

        assertThat(known.catchUp(List.of(slot(2, "b")))).containsExactly(slot(1, ""));
    }

    @Test
    void whatWasToldToBeEmptyIsNotMissed() {
        known.told(slot(1, "a"));
        known.told(slot(1, ""));
        known.told(slot(2, ""));

        assertThat(known.catchUp(List.of())).isEmpty();
    }

    @Test
    void anEmptySlotIsAsOneThatIsAbsent() {
        known.told(slot(1, "a"));

        assertThat(known.catchUp(List.of(slot(0, ""), slot(1, ""), slot(2, ""))))
                .containsExactly(slot(1, ""));
        assertThat(known.catchUp(List.of(slot(0, ""), slot(1, ""), slot(2, ""))))
                .isEmpty();
    }

    @Test
    void changesAndWipesComeInOneOrderByIndex() {
        IntStream.of(9, 4, 65_535, 2, 0).forEach(index -> known.told(slot(index, "old")));

        List<Slot> changes =
                known.catchUp(List.of(slot(1, "new"), slot(4, "new"), slot(9, "old"), slot(30_000, "new")));

        assertThat(changes)
                .containsExactly(
                        slot(0, ""),
                        slot(1, "new"),
                        slot(2, ""),
                        slot(4, "new"),
                        slot(30_000, "new"),
                        slot(65_535, ""));
    }

    @Test
    void whatItWasCaughtUpWithIsNoNewsTheNextTime() {
        known.told(slot(1, "a"));
        List<Slot> filled = List.of(slot(2, "b"), slot(3, "c"));
        known.catchUp(filled);

        assertThat(known.catchUp(filled)).isEmpty();
    }

    @Test
    void sameContentInAnotherSlotIsAnotherMatter() {
        known.told(slot(1, "a"));

        assertThat(known.catchUp(List.of(slot(2, "a")))).containsExactly(slot(1, ""), slot(2, "a"));
    }

    /** The server's slots change at random, and of some changes a follower hears at once; of the others when he catches up. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void exactlyWhatDiffersIsTold(long seed) {
        Random random = new Random(seed);
        TreeMap<Integer, String> server = new TreeMap<>();
        TreeMap<Integer, String> follower = new TreeMap<>();

        for (int step = 0; step < 5_000; step++) {
            if (random.nextInt(10) > 0) {
                Slot change = slot(
                        random.nextInt(12) * 5_000, List.of("", "a", "b", "ab").get(random.nextInt(4)));
                apply(change, server);
                if (random.nextBoolean()) {
                    known.told(change);
                    apply(change, follower);
                }
            } else {
                List<Slot> changes = known.catchUp(filled(server, random));

                assertThat(changes).isEqualTo(differences(follower, server));
                changes.forEach(change -> apply(change, follower));
                assertThat(follower).isEqualTo(server);
            }
        }
    }

    private static void apply(Slot change, Map<Integer, String> slots) {
        if (change.isEmpty()) {
            slots.remove(change.index());
        } else {
            slots.put(change.index(), change.text());
        }
    }

    /** As a server tells it, which may or may not name empty slots. */
    private static List<Slot> filled(TreeMap<Integer, String> server, Random random) {
        List<Slot> slots = new ArrayList<>();
        for (int index = 0; index <= Slot.LAST_INDEX; index += 5_000) {
            if (server.containsKey(index) || random.nextInt(4) == 0) {
                slots.add(slot(index, server.getOrDefault(index, "")));
            }
        }
        return slots;
    }

    private static List<Slot> differences(Map<Integer, String> before, Map<Integer, String> after) {
        TreeSet<Integer> indexes = new TreeSet<>(before.keySet());
        indexes.addAll(after.keySet());
        return indexes.stream()
                .filter(index -> !before.getOrDefault(index, "").equals(after.getOrDefault(index, "")))
                .map(index -> slot(index, after.getOrDefault(index, "")))
                .toList();
    }

    private static Slot slot(int index, String text) {
        return Slot.of(index, text);
    }
}
