package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.Slot;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.subscriber.TestSubscriber;

/** Who takes what was read slowly, or not at all, gets no more than it asks for, and keeps nobody waiting. */
class SlowReaderTest extends FollowingFixture {
    private static final int SLOTS = 200;
    private static final List<Slot> CONTENT = IntStream.range(0, SLOTS)
            .mapToObj(index -> Slot.of(index, "content " + index))
            .toList();

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void oneAtATime(Encryption encryption) {
        Bucket bucket = filled(encryption);
        TestSubscriber<Slot> slow = follow(bucket.read(), 0);
        for (int taken = 0; taken < SLOTS; taken++) {
            assertThat(slow.getReceivedOnNext()).isEqualTo(CONTENT.subList(0, taken));
            assertThat(slow.isTerminated()).isFalse();
            slow.request(1);
            settle(bucket);
        }
        assertThat(slow.getReceivedOnNext()).isEqualTo(CONTENT);
        assertThat(slow.isTerminatedComplete()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void neverAndThenGone(Encryption encryption) {
        Bucket bucket = filled(encryption);
        TestSubscriber<Slot> reader = follow(bucket.read(), 0);
        TestSubscriber<SlotUpdate> follower = follow(bucket.readAndFollow(), 0);
        assertThat(slots(bucket.read())).isEqualTo(CONTENT);

        reader.cancel();
        follower.cancel();
        settle(bucket);

        assertThat(reader.getReceivedOnNext()).isEmpty();
        assertThat(follower.getReceivedOnNext()).isEmpty();
        assertThat(reader.isTerminated()).isFalse();
        assertThat(subscribed()).isEmpty();
        assertThat(slots(bucket.read())).isEqualTo(CONTENT);
    }

    private Bucket filled(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        done(bucket.put(CONTENT));
        return bucket;
    }
}
