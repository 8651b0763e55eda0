package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

/** Followers come and go at random between random changes, and nothing is waited for: each hears what a simple model says. */
class RandomFollowersTest extends FollowingFixture {
    private static final int SLOTS = 12;
    private static final int STEPS = 600;
    private static final int MOST_FOLLOWERS = 6;

    @ParameterizedTest
    @CsvSource({"ON, 1", "OFF, 2", "ON, 3", "OFF, 4", "ON, 5", "OFF, 6", "ON, 7", "OFF, 8"})
    void everybodyHearsWhatTheModelSays(Encryption encryption, long seed) {
        PlabbleSession session = connect(client().encryption(encryption).updateBuffer(65_536));
        Model model = new Model(session, new Random(seed));

        IntStream.range(0, STEPS).forEach(step -> model.step());
        model.everybodyLeaves();

        settle(model.bucket);
        assertThat(subscribed()).isEmpty();
        model.refused.forEach(keyless -> endsWith(keyless, PlabbleServerException.class, error -> {}));
        TestSubscriber<SlotUpdate> last = follow(model.bucket.readAndFollow());
        settle(model.bucket);
        heard(last, model.present(SlotRange.all()));
    }

    /** Somebody who follows, and what there is for him to hear since he came. */
    private record Following(
            TestSubscriber<SlotUpdate> subscriber, SlotRange range, boolean fromPresent, List<SlotUpdate> expected) {}

    private static final class Model {
        final Bucket bucket;
        final List<TestSubscriber<SlotUpdate>> refused = new ArrayList<>();
        private final Bucket keyless;
        private final Random random;
        private final TreeMap<Integer, String> slots = new TreeMap<>();
        private final List<SlotUpdate> history = new ArrayList<>();
        private final List<Following> followers = new ArrayList<>();
        private int changes;

        Model(PlabbleSession session, Random random) {
            this.bucket = create(session);
            this.keyless = session.bucket(bucket.id());
            this.random = random;
        }

        void step() {
            int dice = random.nextInt(100);
            if (dice < 35) {
                put();
            } else if (dice < 45) {
                append();
            } else if (dice < 55) {
                wipe();
            } else if (dice < 75) {
                join();
            } else if (dice < 85) {
                followers.stream()
                        .skip(followers.size() / 2)
                        .findFirst()
                        .ifPresent(one -> one.subscriber().request(1 + random.nextInt(5)));
            } else if (dice < 97) {
                leave();
            } else if (dice < 99) {
                refused.add(follow(random.nextBoolean() ? keyless.updates() : keyless.readAndFollow(range())));
            } else {
                everybodyLeaves();
            }
        }

        private void put() {
            List<Slot> some = IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(one -> Slot.of(random.nextInt(SLOTS), random.nextInt(8) == 0 ? "" : "put " + changes++))
                    .toList();
            ask(bucket.put(some));
            some.forEach(slot -> slots.put(slot.index(), slot.text()));
            some.forEach(slot -> change(slot.index(), slot.text()));
        }

        private void append() {
            int next = slots.isEmpty() ? 0 : slots.lastKey() + 1;
            String text = "appended " + changes++;
            ask(bucket.append(List.of(text.getBytes(StandardCharsets.UTF_8))));
            slots.put(next, text);
            change(next, text);
        }

        private void wipe() {
            SlotRange range = range();
            ask(bucket.wipe(range));
            List<Integer> wiped =
                    slots.keySet().stream().filter(range::contains).toList();
            wiped.forEach(slots::remove);
            wiped.forEach(index -> change(index, ""));
        }

        private void join() {
            if (followers.size() == MOST_FOLLOWERS) {
                leave();
            }
            SlotRange range = range();
            boolean fromPresent = random.nextInt(3) > 0;
            long demand = random.nextInt(3) == 0 ? random.nextInt(3) : Long.MAX_VALUE;
            followers.add(new Following(
                    follow(fromPresent ? bucket.readAndFollow(range) : bucket.updates(range), demand),
                    range,
                    fromPresent,
                    new ArrayList<>(fromPresent ? present(range) : List.of())));
        }

        private void leave() {
            if (!followers.isEmpty()) {
                leave(followers.remove(random.nextInt(followers.size())));
            }
        }

        void everybodyLeaves() {
            settle(bucket);
            List<Following> all = List.copyOf(followers);
            followers.clear();
            all.forEach(one -> leave(one, true));
        }

        private void leave(Following one) {
            boolean settled = random.nextInt(3) == 0;
            if (settled) {
                settle(bucket);
            }
            leave(one, settled);
        }

        /** @param settled whether everything for him must have come */
        private void leave(Following one, boolean settled) {
            if (settled) {
                one.subscriber().request(Long.MAX_VALUE);
            }
            assertThat(one.subscriber().isTerminated()).isFalse();
            one.subscriber().cancel();
            List<SlotUpdate> heard = one.subscriber().getReceivedOnNext();
            if (one.fromPresent()) {
                assertThat(heard).isEqualTo(settled ? one.expected() : firstOf(one.expected(), heard.size()));
            } else {
                // Somebody else's subscription may bring what was changed before he came, but nothing is left out.
                List<SlotUpdate> ofRange = history.stream()
                        .filter(change -> one.range().contains(change.index()))
                        .toList();
                assertThat(Collections.indexOfSubList(ofRange, heard)).isNotNegative();
                if (settled && !one.expected().isEmpty()) {
                    assertThat(heard).endsWith(one.expected().toArray(SlotUpdate[]::new));
                }
            }
        }

        private static List<SlotUpdate> firstOf(List<SlotUpdate> all, int count) {
            return all.subList(0, Math.min(count, all.size()));
        }

        List<SlotUpdate> present(SlotRange range) {
            return slots.entrySet().stream()
                    .filter(slot -> range.contains(slot.getKey()))
                    .map((Map.Entry<Integer, String> slot) -> FollowingFixture.present(slot.getKey(), slot.getValue()))
                    .toList();
        }

        private void change(int index, String text) {
            SlotUpdate change = changed(index, text);
            history.add(change);
            followers.stream()
                    .filter(one -> one.range().contains(index))
                    .forEach(one -> one.expected().add(change));
        }

        private SlotRange range() {
            int start = random.nextInt(SLOTS);
            return switch (random.nextInt(4)) {
                case 0 -> SlotRange.all();
                case 1 -> SlotRange.from(start);
                default -> SlotRange.of(start, start + random.nextInt(SLOTS - start));
            };
        }

        private static void ask(Mono<Void> request) {
            request.subscribe();
        }
    }
}
