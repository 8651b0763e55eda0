package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.ServerSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

/** Sessions, and subscribers whose demand the test controls. */
abstract class FollowingFixture extends SessionFixture {
    static SlotUpdate changed(int index, String text) {
        return new SlotUpdate(Slot.of(index, text), SlotUpdate.Kind.CHANGED);
    }

    static SlotUpdate present(int index, String text) {
        return new SlotUpdate(Slot.of(index, text), SlotUpdate.Kind.PRESENT);
    }

    /** Subscribes, and asks for everything. */
    static <T> TestSubscriber<T> follow(Flux<T> updates) {
        return follow(updates, Long.MAX_VALUE);
    }

    static <T> TestSubscriber<T> follow(Flux<T> updates, long demand) {
        TestSubscriber<T> follower =
                TestSubscriber.builder().initialRequest(demand).build();
        updates.subscribe(follower);
        return follower;
    }

    /**
     * Once this returns, everything that the session had been asked for is answered, and every update of what the server had done
     * by then has come: the server answers in order.
     */
    static void settle(Bucket bucket) {
        bucket.read(Slot.LAST_INDEX)
                .onErrorComplete(PlabbleServerException.class)
                .blockLast(BOUND);
    }

    /** Puts a number into each of these slots, the slot's own, one request each. */
    static void putNumbers(Bucket bucket, int first, int count) {
        done(Flux.range(first, count)
                .concatMap(number -> bucket.put(number, String.valueOf(number)))
                .then());
    }

    /** As {@link #putNumbers}, all at once: requests that one thread asks for go out in that order. */
    static Mono<Void> puttingNumbers(Bucket bucket, int first, int count) {
        return Mono.when(IntStream.range(first, first + count)
                .mapToObj(number -> bucket.put(number, String.valueOf(number)))
                .toList());
    }

    /** What {@link #putNumbers} makes a follower hear. */
    static List<SlotUpdate> numbers(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> changed(number, String.valueOf(number)))
                .toList();
    }

    static List<SlotUpdate> both(List<SlotUpdate> first, List<SlotUpdate> then) {
        List<SlotUpdate> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    /** It has heard exactly this so far, and nothing has ended it. */
    static void heard(TestSubscriber<SlotUpdate> follower, SlotUpdate... expected) {
        heard(follower, List.of(expected));
    }

    static void heard(TestSubscriber<SlotUpdate> follower, List<SlotUpdate> expected) {
        assertThat(follower.getReceivedOnNext()).isEqualTo(expected);
        assertThat(follower.isTerminated()).isFalse();
    }

    /** It fails once, with this type. */
    static <E extends PlabbleException> void endsWith(
            TestSubscriber<SlotUpdate> follower, Class<E> type, Consumer<E> satisfying) {
        follower.block(BOUND);
        assertThat(follower.expectTerminalError()).isInstanceOfSatisfying(type, satisfying);
        assertThat(follower.getProtocolErrors()).isEmpty();
    }

    /** The same bucket, by another session. */
    Bucket elsewhere(Bucket bucket) {
        return connect(Encryption.ON).bucket(bucket.id(), bucket.key().orElseThrow());
    }

    List<SlotRange> subscribed() {
        return server.subscriptions().stream().map(ServerSubscription::range).toList();
    }

    /** How many requests of the type the server has received so far. */
    void received(PacketType type, int expected) {
        assertThat(server.received(type)).as(type.name()).isEqualTo(expected);
    }

    void receives(PacketType type, int expected) {
        eventually(() -> received(type, expected));
    }
}
