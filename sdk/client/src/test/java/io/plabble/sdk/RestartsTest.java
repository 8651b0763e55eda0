package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Slot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

/** A server that is stopped and started again, fifty times, while it is written to and followed. */
class RestartsTest extends SessionsFixture {
    private static final int RESTARTS = 50;
    private static final int SLOTS = 10;
    private static final long SEED = 20_261_125;

    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<Integer> unknown = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean writing = true;

    @Test
    void noAcknowledgedAppendIsLostAndAllWhoFollowEndInTheServersState() {
        PlabbleSessions sessions = sessions(client().updateBuffer(65_536), QUICK);
        LastingBucket log = create(sessions);
        LastingBucket board = create(sessions);
        var logFollowers = List.of(follow(log.readAndFollow()), follow(log.updates()));
        var boardFollowers = List.of(follow(board.readAndFollow()), follow(board.updates()));
        eventually(() -> assertThat(server.subscriptions()).hasSize(2));
        settle(log);
        settle(board);
        Mono<Void> writers =
                started(Mono.when(appending(log), overwriting(board)).doOnError(failure::set));

        Random moments = new Random(SEED);
        for (int restart = 0; restart < RESTARTS; restart++) {
            int until = acknowledged.size() + moments.nextInt(30);
            eventually(() -> assertThat(failure.get() != null || acknowledged.size() >= until)
                    .isTrue());
            assertThat(failure).hasNullValue();
            goDown();
            comeBack();
        }
        writing = false;
        done(writers);

        List<Slot> appended = server.bucket(log.id()).orElseThrow();
        List<Integer> there =
                appended.stream().map(slot -> Integer.valueOf(slot.text())).toList();
        assertThat(there).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(there).allMatch(number -> acknowledged.contains(number) || unknown.contains(number));
        for (var follower : logFollowers) {
            eventually(() -> assertThat(latest(follower)).isEqualTo(state(appended)));
            assertThat(follower.getReceivedOnNext()).as("each slot once").hasSameSizeAs(appended);
        }
        List<Slot> written = server.bucket(board.id()).orElseThrow();
        for (var follower : boardFollowers) {
            eventually(() -> assertThat(latest(follower)).isEqualTo(state(written)));
            assertThatEachSlotIsToldInOrder(follower.getReceivedOnNext());
        }
        assertThat(sessions.health().losses()).isPositive();
        done(sessions.close());
        eventually(() -> assertThat(server.openConnections()).isZero());
    }

    /** One number after the other, several underway, none again of which it is unknown whether it is there. */
    private Mono<Void> appending(LastingBucket log) {
        return whileWriting()
                .flatMap(
                        number -> log.append(String.valueOf(number))
                                .doOnSuccess(done -> acknowledged.add(number))
                                .onErrorResume(PlabbleException.class, error -> {
                                    assertThat(error.requestWritten()).isTrue();
                                    unknown.add(number);
                                    return Mono.empty();
                                }),
                        8)
                .then();
    }

    /** Each number into the next slot, one at a time, so that it may well be written again. */
    private Mono<Void> overwriting(LastingBucket board) {
        return whileWriting()
                .concatMap(number -> board.repeatingWrites().put(number % SLOTS, String.valueOf(number)))
                .then();
    }

    private Flux<Integer> whileWriting() {
        return Flux.generate(AtomicInteger::new, (next, sink) -> {
            if (writing) {
                sink.next(next.getAndIncrement());
            } else {
                sink.complete();
            }
            return next;
        });
    }

    private static Map<Integer, String> state(List<Slot> slots) {
        return slots.stream().collect(Collectors.toMap(Slot::index, Slot::text));
    }

    private static Map<Integer, String> latest(TestSubscriber<SlotUpdate> follower) {
        assertThat(follower.isTerminated()).isFalse();
        return follower.getReceivedOnNext().stream()
                .collect(Collectors.toMap(SlotUpdate::index, SlotUpdate::text, (earlier, later) -> later));
    }

    private static void assertThatEachSlotIsToldInOrder(List<SlotUpdate> updates) {
        Map<Integer, Integer> last = new HashMap<>();
        for (SlotUpdate update : updates) {
            int number = Integer.parseInt(update.text());
            assertThat(last.getOrDefault(update.index(), -1))
                    .isLessThanOrEqualTo(number); // a number may have been put twice
            last.put(update.index(), number);
        }
    }
}
