package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.Reason;
import io.plabble.protocol.SlotRange;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.subscriber.TestSubscriber;

/** Updates go through operators that take them on other threads, at their own pace. */
class UpdatesDownstreamTest extends FollowingFixture {
    private static final int MANY = 1_000;

    static Stream<Function<Flux<SlotUpdate>, Flux<SlotUpdate>>> operators() {
        return Stream.of(
                updates -> updates,
                updates -> updates.publishOn(Schedulers.parallel()),
                updates -> updates.publishOn(Schedulers.parallel(), 1),
                updates ->
                        updates.publishOn(Schedulers.boundedElastic(), false, 7).publishOn(Schedulers.parallel()),
                updates -> updates.limitRate(8),
                updates -> updates.concatMap(Mono::just, 3),
                updates -> updates.flatMapSequential(update -> Mono.just(update).publishOn(Schedulers.parallel()), 16),
                updates -> updates.bufferTimeout(10, Duration.ofMillis(1), true).concatMapIterable(list -> list));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void nothingIsLostOrReordered(Function<Flux<SlotUpdate>, Flux<SlotUpdate>> operators) {
        Bucket bucket = create(connect(client().updateBuffer(MANY)));
        for (Flux<SlotUpdate> following : List.of(bucket.updates(), bucket.readAndFollow())) {
            Mono<List<SlotUpdate>> heard =
                    started(following.transform(operators).take(MANY).collectList());
            done(puttingNumbers(bucket, 0, MANY));
            assertThat(heard.block(BOUND)).isEqualTo(numbers(0, MANY));
            done(bucket.wipe(SlotRange.all()));
        }
    }

    @Test
    void demandFromOtherThreadsGetsEverythingOnce() {
        Bucket bucket = create(connect(client().updateBuffer(MANY)));
        TestSubscriber<SlotUpdate> follower = follow(bucket.updates(), 0);
        Mono<Void> asking = Flux.range(0, 4)
                .flatMap(thread -> Flux.range(0, MANY / 4)
                        .doOnNext(one -> follower.request(1))
                        .subscribeOn(Schedulers.parallel()))
                .then();

        done(Mono.when(puttingNumbers(bucket, 0, MANY), asking));
        settle(bucket);

        eventually(() -> heard(follower, numbers(0, MANY)));
    }

    @ParameterizedTest
    @EnumSource(UpdateOverflow.class)
    void aConsumerThatIsStuckGetsWhatItsPolicySays(UpdateOverflow overflow) throws Exception {
        Bucket bucket = create(connect(client().updateBuffer(4).updateOverflow(overflow)));
        CountDownLatch stuck = new CountDownLatch(1);
        List<SlotUpdate> heard = new CopyOnWriteArrayList<>();
        List<Throwable> ends = new CopyOnWriteArrayList<>();
        bucket.updates()
                .publishOn(Schedulers.boundedElastic(), 2)
                .doOnNext(update -> await(stuck))
                .subscribe(heard::add, ends::add);
        putNumbers(bucket, 0, 100);
        settle(bucket);

        stuck.countDown();

        switch (overflow) {
            case FAIL -> {
                eventually(() -> assertThat(ends).hasSize(1));
                assertThat(((PlabbleLimitException) ends.get(0)).reason()).isEqualTo(Reason.SUBSCRIBER_OVERFLOW);
                assertThat(heard).hasSizeBetween(4, 8).isEqualTo(numbers(0, heard.size()));
            }
            case DROP_LATEST -> {
                eventually(() -> assertThat(heard).hasSizeGreaterThanOrEqualTo(4));
                settle(bucket);
                assertThat(heard).isEqualTo(numbers(0, heard.size()));
            }
            case DROP_OLDEST -> {
                eventually(() -> assertThat(heard).endsWith(numbers(96, 4).toArray(SlotUpdate[]::new)));
                int before = heard.size() - 4;
                assertThat(heard.subList(0, before)).isEqualTo(numbers(0, before));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void theOldestAreDroppedWhileAnotherThreadTakesThem(int buffer) {
        Bucket bucket = create(connect(client().updateBuffer(buffer).updateOverflow(UpdateOverflow.DROP_OLDEST)));
        List<SlotUpdate> heard = new CopyOnWriteArrayList<>();
        bucket.updates().publishOn(Schedulers.parallel(), 1).onErrorComplete().subscribe(heard::add);

        done(puttingNumbers(bucket, 0, MANY));

        eventually(() -> assertThat(heard).endsWith(numbers(MANY - 1, 1).get(0)));
        assertThat(heard).isSortedAccordingTo(Comparator.comparingInt(SlotUpdate::index));
        assertThat(heard).doesNotHaveDuplicates();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
