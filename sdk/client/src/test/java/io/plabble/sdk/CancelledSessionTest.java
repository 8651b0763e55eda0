package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.Slot;
import io.plabble.sdk.test.PlabbleTestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

/** A cancel that comes together with what is waited for, of all that lives on a session or holds one. */
class CancelledSessionTest {
    private static final int ROUNDS = 1000;
    private static final int CONNECTING_ROUNDS = 200;
    private static final int LONGEST_ANSWER_NANOS = 400_000;
    private static final int LONGEST_CONNECT_NANOS = 1_500_000;

    @RegisterExtension
    final DroppedErrors dropped = new DroppedErrors();

    private final PlabbleTestServer server = PlabbleTestServer.start();
    private final Race race = new Race();
    private final PlabbleClient client = PlabbleClient.create(server.host(), server.port())
            .trust(server.trustStore())
            .doOnPacket(packet -> {
                if (packet.isSent()) {
                    race.pass();
                }
            });

    @AfterEach
    void nothingIsLeft() {
        SessionFixture.eventually(() -> assertThat(server.openConnections()).isZero());
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void ofARequest(Encryption encryption) {
        PlabbleSession session = client.encryption(encryption).connect().block(SessionFixture.BOUND);
        Bucket bucket = SessionFixture.create(session);
        SessionFixture.done(bucket.put(1, "one"));
        for (int round = 0; round < ROUNDS; round++) {
            TestSubscriber<Slot> reading = cancelled(bucket.read(), LONGEST_ANSWER_NANOS);
            if (!reading.getReceivedOnNext().isEmpty()) {
                assertThat(reading.getReceivedOnNext()).containsExactly(Slot.of(1, "one"));
            }
        }
        assertThat(bucket.read().collectList().block(SessionFixture.BOUND)).containsExactly(Slot.of(1, "one"));
        session.dispose();
    }

    @ParameterizedTest
    @EnumSource(names = {"ON", "OFF"})
    void ofAFollower(Encryption encryption) {
        PlabbleSession session = client.encryption(encryption).connect().block(SessionFixture.BOUND);
        Bucket bucket = SessionFixture.create(session);
        SessionFixture.done(bucket.put(1, "one"));
        for (int round = 0; round < ROUNDS; round++) {
            cancelled(bucket.readAndFollow(), LONGEST_ANSWER_NANOS);
        }
        // Requests are carried out in their order: with the answer to one more, those before it have been.
        assertThat(bucket.read().collectList().block(SessionFixture.BOUND)).hasSize(1);
        assertThat(server.subscriptions()).isEmpty();
        session.dispose();
    }

    @Test
    void ofAFollowerAsAnUpdateComes() {
        PlabbleSession session = client.connect().block(SessionFixture.BOUND);
        Bucket bucket = SessionFixture.create(session);
        TestSubscriber<SlotUpdate> staying = TestSubscriber.create();
        bucket.updates().subscribe(staying);
        for (int round = 0; round < ROUNDS; round++) {
            TestSubscriber<SlotUpdate> leaving = TestSubscriber.create();
            bucket.updates().subscribe(leaving);
            race.reset();
            Mono<Void> put = SessionFixture.started(bucket.put(1, "x"));
            race.join(LONGEST_ANSWER_NANOS);
            leaving.cancel();
            put.block(SessionFixture.BOUND);
            assertThat(leaving.isTerminated()).isFalse();
        }
        assertThat(bucket.read().collectList().block(SessionFixture.BOUND)).hasSize(1);
        assertThat(staying.getReceivedOnNext()).hasSize(ROUNDS);
        session.dispose();
    }

    @Test
    void ofWithSession() {
        for (int round = 0; round < CONNECTING_ROUNDS; round++) {
            cancelled(
                    client.withSession(session -> Flux.<PlabbleSession>never().startWith(session)),
                    LONGEST_CONNECT_NANOS);
        }
    }

    @Test
    void ofThoseWhoWaitForAKeptSession() {
        for (int round = 0; round < CONNECTING_ROUNDS; round++) {
            PlabbleSessions sessions = client.sessions();
            TestSubscriber<PlabbleSession> staying = TestSubscriber.create();
            TestSubscriber<PlabbleSession> leaving = cancelled(
                    sessions.session()
                            .doOnSubscribe(asking -> sessions.session().subscribe(staying)),
                    LONGEST_CONNECT_NANOS);
            staying.block(SessionFixture.BOUND);
            assertThat(staying.getReceivedOnNext()).hasSize(1).noneMatch(PlabbleSession::isDisposed);
            assertThat(leaving.getReceivedOnNext()).isSubsetOf(staying.getReceivedOnNext());
            sessions.dispose();
        }
    }

    /** The subscriber to something that sends a packet, cancelled within so many nanoseconds of that. */
    private <T> TestSubscriber<T> cancelled(Publisher<T> waitedFor, int longest) {
        TestSubscriber<T> subscriber = TestSubscriber.create();
        race.reset();
        waitedFor.subscribe(subscriber);
        race.join(longest);
        subscriber.cancel();
        assertThat(subscriber.isTerminatedError()).isFalse();
        assertThat(subscriber.getProtocolErrors()).isEmpty();
        return subscriber;
    }
}
