package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PacketType;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.test.subscriber.TestSubscriber;
import reactor.test.util.RaceTestUtils;

/** Sixteen threads that end the same session, or the same kept sessions, at once, by dispose() and by close(). */
class SimultaneousDisposeTest extends SessionFixture {
    private static final int THREADS = 16;
    private static final int ROUNDS = 10;

    @RegisterExtension
    final DroppedErrors dropped = new DroppedErrors();

    private final RecordingInstrumentation heard = new RecordingInstrumentation();

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void ofASessionEverybodyHearsOneSignal(Encryption encryption) {
        for (int round = 1; round <= ROUNDS; round++) {
            PlabbleSession session = connect(client().encryption(encryption).instrument(heard));
            Bucket bucket = create(session);
            server.fault(FaultPoint.ANSWER, Fault.hold());
            long received = server.received(PacketType.PUT);
            List<TestSubscriber<?>> waiting = new ArrayList<>();
            waiting.add(subscribed(bucket.updates()));
            waiting.add(subscribed(bucket.put(1, "in flight")));
            eventually(() -> assertThat(server.received(PacketType.PUT)).isEqualTo(received + 1));
            waiting.add(subscribed(session.onClose()));

            List<TestSubscriber<?>> closing = new CopyOnWriteArrayList<>();
            atOnce(session::dispose, () -> closing.add(subscribed(session.close())));

            waiting.addAll(closing);
            waiting.add(subscribed(session.onClose()));
            waiting.forEach(SimultaneousDisposeTest::hasOneEnd);
            assertThat(closing).hasSize(THREADS / 2).allMatch(TestSubscriber::isTerminatedComplete);
            assertThat(session.sharedSecret().isDestroyed()).isTrue();
            assertThat(session).extracting("exchange.protection.destroyed").isEqualTo(true);
            assertThat(heard.closed).hasSize(round).doesNotHaveDuplicates();
            server.clearFaults();
        }
    }

    @RepeatedTest(ROUNDS)
    void ofKeptSessionsEverybodyHearsOneSignal() {
        PlabbleSessions sessions = client().sessions();
        List<TestSubscriber<?>> ending = new ArrayList<>();
        ending.add(subscribed(sessions.createBucket(ALL_PRIVATE)));
        ending.add(subscribed(sessions.session()));
        ending.add(subscribed(sessions.states()));

        List<TestSubscriber<?>> closing = new CopyOnWriteArrayList<>();
        atOnce(sessions::dispose, () -> closing.add(subscribed(sessions.close())));

        closing.forEach(SimultaneousDisposeTest::hasOneEnd);
        ending.forEach(SimultaneousDisposeTest::hasOneEnd);
        assertThat(closing).hasSize(THREADS / 2).allMatch(TestSubscriber::isTerminatedComplete);
        fails(sessions.session(), PlabbleSessionClosedException.class, closed -> {});
    }

    private static void atOnce(Runnable even, Runnable odd) {
        RaceTestUtils.race(IntStream.range(0, THREADS)
                .mapToObj(thread -> thread % 2 == 0 ? even : odd)
                .toArray(Runnable[]::new));
    }

    private static <T> TestSubscriber<T> subscribed(Publisher<T> publisher) {
        TestSubscriber<T> subscriber = TestSubscriber.create();
        publisher.subscribe(subscriber);
        return subscriber;
    }

    private static void hasOneEnd(TestSubscriber<?> subscriber) {
        subscriber.block(BOUND);
        assertThat(subscriber.getProtocolErrors()).isEmpty();
    }
}
