package io.plabble.sdk;

import static io.plabble.sdk.SessionsState.Phase.CONNECTED;
import static io.plabble.sdk.SessionsState.Phase.CONNECTING;
import static io.plabble.sdk.SessionsState.Phase.IDLE;
import static io.plabble.sdk.SessionsState.Phase.RENEWING;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Sessions that are replaced because their counters run out. They begin late, so that they end early. */
class RenewalTest extends SessionsFixture {
    private static final int FIRST_COUNTER = 58_500;
    private static final int REQUESTS = 65_535 - FIRST_COUNTER;
    private static final int IN_FLIGHT = 1000;
    private static final int RENEWALS = 10;
    private static final Duration SHORT = Duration.ofMillis(20);

    @Override
    PlabbleTestServer.Builder builder() {
        return super.builder().firstCounters(FIRST_COUNTER, FIRST_COUNTER);
    }

    @Override
    PlabbleClient client() {
        return super.client()
                .origins(origins -> origins.withFirstCounters(FIRST_COUNTER, FIRST_COUNTER))
                .updateBuffer(65_536);
    }

    /** With so many of its requests left. */
    private static SessionsSpec renewingAt(int requests) {
        return QUICK.renewAt(requests / 65_535.0);
    }

    @Test
    void tenRenewalsUnderLoadFailNoRequestAndLoseNoUpdate() {
        PlabbleSessions sessions = sessions();
        LastingBucket bucket = create(sessions);
        var follower = follow(bucket.readAndFollow());

        List<Integer> done = numbersUntil(() -> sessions.health().renewals() >= RENEWALS)
                .flatMap(number -> bucket.append(String.valueOf(number)).thenReturn(number), IN_FLIGHT)
                .collectList()
                .block(BOUND.multipliedBy(3));

        assertThat(done).hasSizeGreaterThan(RENEWALS * 500).doesNotHaveDuplicates();
        List<Slot> stored = server.bucket(bucket.id()).orElseThrow();
        assertThat(stored).extracting(slot -> Integer.valueOf(slot.text())).containsExactlyInAnyOrderElementsOf(done);
        eventually(() -> assertThat(follower.getReceivedOnNext()).hasSameSizeAs(stored));
        assertThat(follower.getReceivedOnNext()).extracting(SlotUpdate::slot).isEqualTo(stored);
        assertThat(sessions.health().losses()).isZero();
        eventually(() -> assertThat(server.openConnections()).isOne());
    }

    private static Flux<Integer> numbersUntil(BooleanSupplier enough) {
        return Flux.generate(() -> 0, (number, sink) -> {
            if (enough.getAsBoolean()) {
                sink.complete();
            } else {
                sink.next(number);
            }
            return number + 1;
        });
    }

    @Test
    void theOldSessionFinishesWhatItHasInFlightAndCloses() {
        PlabbleSessions sessions = sessions(client(), renewingAt(REQUESTS - 3));
        LastingBucket bucket = create(sessions);
        PlabbleSession old = live(sessions);
        server.fault(FaultPoint.ANSWER, Fault.hold());
        List<Mono<Void>> underway = IntStream.range(0, 5)
                .mapToObj(i -> started(bucket.put(i, "old")))
                .toList();

        eventually(() -> assertThat(live(sessions)).isNotSameAs(old));
        assertThat(old.isDisposed()).isFalse();
        server.release();

        underway.forEach(SessionFixture::done);
        done(old.onClose());
        assertThat(slots(bucket.read())).hasSize(5);
        assertThat(sessions.health().renewals()).isOne();
    }

    @Test
    void statesTellOfARenewal() {
        PlabbleSessions sessions = sessions(client(), renewingAt(REQUESTS - 1));
        StepVerifier.create(sessions.states().map(SessionsState::phase))
                .expectNext(IDLE)
                .then(() -> create(sessions))
                .expectNext(CONNECTING, CONNECTED, RENEWING, CONNECTED)
                .thenCancel()
                .verify(BOUND);
    }

    @Test
    void aRenewalThatFailsIsTriedAgainWhileTheOldSessionGoesOn() {
        PlabbleSessions sessions = sessions(client(), renewingAt(REQUESTS - 1));
        PlabbleSession old = live(sessions);
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.close());
        LastingBucket bucket = create(sessions);

        eventually(() -> assertThat(sessions.health().failedAttempts()).isGreaterThan(2));
        done(bucket.put(1, "meanwhile"));
        assertThat(live(sessions)).isSameAs(old);
        assertThat(sessions.health().state().phase()).isEqualTo(RENEWING);
        server.clearFaults();

        eventually(() -> assertThat(live(sessions)).isNotSameAs(old));
        done(old.onClose());
        assertThat(slots(bucket.read())).containsExactly(Slot.of(1, "meanwhile"));
    }

    @Test
    void aSuccessorThatEndsWhileItIsVerifiedDoesNotReplaceTheOldSession() {
        AtomicReference<Channel> newest = new AtomicReference<>();
        AtomicBoolean dropping = new AtomicBoolean();
        PlabbleClient client = client().tcp(
                        tcp -> tcp.doOnChannelInit((observer, channel, address) -> newest.set(channel)))
                .doOnStep(progress -> {
                    boolean verified = progress.step() == ConnectStep.SIGNATURE_VERIFIED;
                    while (verified && dropping.get() && newest.get().isRegistered()) {
                        // Awake, as any call that waits is forbidden here.
                    }
                });
        PlabbleSessions sessions = sessions(client, renewingAt(REQUESTS - 1));
        PlabbleSession old = live(sessions);
        dropping.set(true);
        server.fault(FaultPoint.CONNECT_ANSWER_SENT, Fault.close());
        LastingBucket bucket = create(sessions);

        eventually(() -> assertThat(sessions.health().failedAttempts()).isGreaterThan(2));
        done(bucket.put(1, "meanwhile"));
        assertThat(live(sessions)).isSameAs(old);
        assertThat(sessions.health().losses()).isZero();
        server.clearFaults();
        dropping.set(false);

        eventually(() -> assertThat(live(sessions)).isNotSameAs(old));
    }

    @Test
    void requestsThatFindTheCountersUsedUpWaitForTheSuccessor() {
        int lastHundreds = 65_335;
        goDown();
        comeBack(PlabbleTestServer.builder().certificates(CERTIFICATES).firstCounters(lastHundreds, lastHundreds));
        PlabbleSessions sessions = sessions(
                client().origins(origins -> origins.withFirstCounters(lastHundreds, lastHundreds)),
                renewingAt(100).reconnection(Reconnection.DEFAULT.pauses(SHORT, SHORT)));
        LastingBucket bucket = create(sessions);
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.close());

        Mono<List<Integer>> puts = started(Flux.range(0, 300)
                .flatMap(i -> bucket.put(i, "x").thenReturn(i), 20)
                .collectList());
        eventually(() -> assertThat(sessions.health().waiting()).isEqualTo(20));
        server.clearFaults();

        assertThat(puts.block(BOUND)).hasSize(300);
        assertThat(sessions.health().losses()).isZero();
    }

    @Test
    void aSessionOnWhichEveryPlaceWaitsForAnAnswerThatNeverCameIsReplaced() {
        PlabbleSessions sessions =
                sessions(client().maxRequestsInFlight(2).requestTimeout(Duration.ofMillis(300)), QUICK);
        LastingBucket bucket = create(sessions);
        PlabbleSession stuck = live(sessions);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.silence());
        fails(bucket.read(), PlabbleTimeoutException.class, error -> {});
        assertThat(live(sessions)).isSameAs(stuck);
        fails(bucket.read(), PlabbleTimeoutException.class, error -> {});
        server.clearFaults();

        done(bucket.put(0, "after"));

        assertThat(live(sessions)).isNotSameAs(stuck);
        done(stuck.onClose());
    }

    @Test
    void followersHearEverythingThatTheOldSessionWasToldBeforeItCloses() {
        PlabbleSessions sessions = sessions(client(), renewingAt(REQUESTS - 3));
        LastingBucket bucket = create(sessions);
        var follower = follow(bucket.updatesAndGaps(SlotRange.all()));
        eventually(() -> assertThat(server.subscriptions()).hasSize(1));

        done(bucket.put(1, "before"));
        eventually(() -> assertThat(sessions.health().gaps()).isOne());
        done(bucket.put(1, "after"));

        eventually(() -> assertThat(follower.getReceivedOnNext()).hasSize(3));
        assertThat(follower.getReceivedOnNext().get(0)).isEqualTo(changed(1, "before"));
        assertThat(follower.getReceivedOnNext().get(1)).isInstanceOfSatisfying(Gap.class, gap -> {
            assertThat(gap.loss()).isEmpty();
            assertThat(gap.changes()).isZero();
        });
        assertThat(follower.getReceivedOnNext().get(2)).isEqualTo(changed(1, "after"));
    }
}
