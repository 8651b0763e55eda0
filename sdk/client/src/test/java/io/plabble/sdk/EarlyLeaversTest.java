package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.Slot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Subscribers that leave before they have quite joined: the event loop is held up while they subscribe. */
class EarlyLeaversTest extends SessionFixture {
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean subscribed = new AtomicBoolean();

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void whoHasEnoughOfWhatWasGatheredLeavesNoSubscriptionBehind(Encryption encryption) {
        Bucket bucket = create(connect(encryption), ALL_PRIVATE.subscribed());
        done(bucket.append("gathered"));
        assertThat(slots(bucket.read())).hasSize(1); // the update came before this answer
        CompletableFuture<Slot> reading = whileHeldUp(bucket, () -> {});

        CompletableFuture<SlotUpdate> first = bucket.updates().next().toFuture();
        subscribed.set(true);

        assertThat(first)
                .succeedsWithin(BOUND)
                .isEqualTo(new SlotUpdate(Slot.of(0, "gathered"), SlotUpdate.Kind.CHANGED));
        assertThat(reading).succeedsWithin(BOUND);
        nothingIsLeftBehind(bucket);
        assertThat(server.received(PacketType.SUBSCRIBE)).isZero();
        assertThat(server.received(PacketType.UNSUBSCRIBE)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void whoIsCancelledOnTheEventLoopBeforeItHasJoinedLeavesNoSubscriptionBehind(Encryption encryption) {
        Bucket bucket = create(connect(encryption));
        done(bucket.append("content"));
        Disposable.Swap following = Disposables.swap();
        CompletableFuture<Slot> reading = whileHeldUp(bucket, following::dispose);

        following.update(bucket.updates().subscribe());
        subscribed.set(true);

        assertThat(reading).succeedsWithin(BOUND);
        nothingIsLeftBehind(bucket);
        assertThat(server.received(PacketType.UNSUBSCRIBE)).isEqualTo(server.received(PacketType.SUBSCRIBE));
    }

    /** Returns once the event loop is held up by a read; it goes on when somebody has subscribed. */
    private CompletableFuture<Slot> whileHeldUp(Bucket bucket, Runnable then) {
        CompletableFuture<Slot> reading = bucket.read()
                .next()
                .doOnNext(slot -> {
                    busy.set(true);
                    while (!subscribed.get()) {
                        // BlockHound takes even Thread.onSpinWait() for blocking
                    }
                    then.run();
                })
                .toFuture();
        Awaitility.await().atMost(BOUND).untilTrue(busy);
        return reading;
    }

    /** Requests are carried out in their order: with the answer to one more, those before it have been. */
    private void nothingIsLeftBehind(Bucket bucket) {
        assertThat(slots(bucket.read())).hasSize(1);
        assertThat(server.subscriptions()).isEmpty();
    }
}
