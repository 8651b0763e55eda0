package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.Slot;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Many requests at once, from many threads, and what may happen to them at the same moment. */
class ConcurrentRequestsTest extends SessionFixture {
    private static final int REQUESTS = 1_000;
    private static final int THREADS = 4;
    private static final long SEED = 20261124;

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void ofAThousandConcurrentRequestsEveryAnswerReachesItsOwnCaller(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        done(bucket.put(slots()));

        Flux<Slot> read = Flux.range(0, REQUESTS)
                .parallel(THREADS)
                .runOn(Schedulers.parallel())
                .flatMap(
                        index -> bucket.read(index)
                                .single()
                                .doOnNext(slot -> assertThat(slot).isEqualTo(slot(index))),
                        false,
                        REQUESTS)
                .sequential();

        assertThat(read.collectList().block(BOUND)).containsExactlyInAnyOrderElementsOf(slots());
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void aCancelThatRacesWithTheAnswerDisturbsNobodyElse(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        done(bucket.put(slots()));
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            int index = random.nextInt(REQUESTS);
            Disposable cancelled = bucket.read(random.nextInt(REQUESTS)).subscribe();
            Mono<Slot> kept = started(bucket.read(index).single());
            spin(random.nextInt(40_000));
            cancelled.dispose();
            assertThat(kept.block(BOUND)).isEqualTo(slot(index));
        }
    }

    @Test
    void aCloseThatRacesWithTheAnswerGivesEachRequestOneOutcome() {
        Random random = new Random(SEED);
        for (int round = 0; round < 40; round++) {
            PlabbleSession session = connect(client());
            Bucket bucket = create(session);
            AtomicInteger outcomes = new AtomicInteger();
            List<Mono<Void>> puts = IntStream.range(0, 8)
                    .mapToObj(index -> started(bucket.put(slot(index))
                            .onErrorResume(PlabbleSessionClosedException.class, ended -> Mono.empty())
                            .doOnTerminate(outcomes::incrementAndGet)))
                    .toList();
            spin(random.nextInt(200_000));
            if (round % 2 == 0) {
                session.dispose();
            } else {
                done(session.close());
            }
            done(Mono.when(puts));
            assertThat(outcomes).hasValue(8);
            done(session.onClose());
        }
    }

    private static List<Slot> slots() {
        return IntStream.range(0, REQUESTS)
                .mapToObj(ConcurrentRequestsTest::slot)
                .toList();
    }

    private static Slot slot(int index) {
        return Slot.of(index, "content of " + index);
    }

    private static void spin(int nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
