package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import io.plabble.sdk.Instrumentation.OpenSession;
import io.plabble.sdk.Instrumentation.Peer;
import io.plabble.sdk.RecordingInstrumentation.End;
import io.plabble.sdk.RecordingInstrumentation.Heard;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** What an instrumentation hears of requests and sessions: of each exactly one end, whatever happens. */
class InstrumentationTest extends SessionFixture {
    private static final Set<Operation> FOLLOWING = EnumSet.of(Operation.UPDATES, Operation.READ_AND_FOLLOW);
    private static final Context SUBSCRIBER = Context.of("subscriber", "of the request");

    private final RecordingInstrumentation recording = new RecordingInstrumentation();
    private final Bucket owned = create(connect(super.client()));

    @Override
    PlabbleClient client() {
        return super.client().instrument(recording);
    }

    @AfterEach
    void everythingEndsOnce() {
        closeSessions();
        eventually(() -> {
            assertThat(recording.connects).allSatisfy(InstrumentationTest::hasOneEnd);
            assertThat(recording.requests).allSatisfy(InstrumentationTest::hasOneEnd);
            assertThat(recording.closed).containsExactlyInAnyOrderElementsOf(recording.opened);
        });
    }

    private static void hasOneEnd(Heard heard) {
        assertThat(heard.ends).hasSize(1);
    }

    // ── requests ────────────────────────────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void anAnswerIsASuccessBeforeTheSubscriberHearsOfIt(Operation operation, Encryption encryption) {
        PlabbleSession session = connect(encryption);
        Flux<?> request = of(operation, session);
        assertThat(recording.requests).isEmpty(); // nobody has subscribed

        if (FOLLOWING.contains(operation)) {
            Disposable following = request.subscribe();
            eventually(() -> onlyRequest(operation, End.SUCCEEDED));
            following.dispose();
            eventually(() -> assertThat(recording.requests).hasSize(2).last().satisfies(unsubscribe -> {
                assertThat(unsubscribe.type).isEqualTo(PacketType.UNSUBSCRIBE);
                assertThat(unsubscribe.ends).containsExactly(End.SUCCEEDED);
                assertThat(unsubscribe.subscriber.isEmpty()).isTrue(); // the subscriber has gone
            }));
        } else {
            List<Object> heardBefore = new ArrayList<>();
            request.doOnTerminate(() -> heardBefore.addAll(recording.requests.get(0).ends))
                    .blockLast(BOUND);
            assertThat(heardBefore).containsExactly(End.SUCCEEDED);
            onlyRequest(operation, End.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void anErrorAnswerIsAFailure(Operation operation, Encryption encryption) {
        PlabbleSession session = connect(encryption);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(6, "no")));

        fails(of(operation, session), PlabbleServerException.class, refused -> {});

        onlyFailure(operation, Reason.ERROR_RESPONSE, true);
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void aDeadlineIsAFailureAndTheLateAnswerIsNotHeardOf(Operation operation, Encryption encryption) {
        PlabbleSession session = connect(patient().encryption(encryption));
        server.fault(FaultPoint.ANSWER, Fault.hold());

        isLate(operation.type(), of(operation, session), late -> {});
        isFailure(recording.requests.get(0), operation, Reason.TIMEOUT, true);
        server.release();

        eventually(() -> assertThat(recording.opened.get(0).requestsInFlight()).isZero());
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void aCancelBeforeTheWriteIsOne(Operation operation, Encryption encryption) throws InterruptedException {
        PlabbleSession session = connect(encryption);
        AtomicBoolean goOn = new AtomicBoolean();
        CountDownLatch busy = new CountDownLatch(1);
        bucketOf(session)
                .read(0)
                .doOnTerminate(() -> {
                    busy.countDown();
                    while (!goOn.get()) {} // keeps the event loop from writing
                })
                .subscribe();
        assertThat(busy.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

        of(operation, session).subscribe(item -> {}, error -> {}).dispose();
        goOn.set(true);
        slots(bucketOf(session).read(0));

        if (FOLLOWING.contains(operation)) { // it has not even come to a request
            assertThat(recording.requests).hasSize(2);
        } else {
            assertThat(recording.requests).hasSize(3);
            assertThat(recording.requests.get(1).ends).containsExactly(End.CANCELLED);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void aCancelAfterTheWriteIsOneUnlessTheRequestIsTheSubscriptions(Operation operation, Encryption encryption) {
        PlabbleSession session = connect(encryption);
        long sent = server.received(operation.type());
        server.fault(FaultPoint.ANSWER, Fault.hold());

        Disposable cancelled = of(operation, session).subscribe(item -> {}, error -> {});
        eventually(() -> assertThat(server.received(operation.type())).isEqualTo(sent + 1));
        cancelled.dispose();
        if (!FOLLOWING.contains(operation)) {
            onlyRequest(operation, End.CANCELLED);
        }
        server.release();

        eventually(() -> assertThat(recording.opened.get(0).requestsInFlight()).isZero());
        eventually(() -> assertThat(recording.requests).allSatisfy(InstrumentationTest::hasOneEnd));
        assertThat(recording.requests.get(0).ends)
                .containsExactly(FOLLOWING.contains(operation) ? End.SUCCEEDED : End.CANCELLED);
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void theEndOfTheSessionIsAFailure(Operation operation, Encryption encryption) {
        PlabbleSession session = connect(encryption);
        long sent = server.received(operation.type());
        server.fault(FaultPoint.ANSWER, Fault.hold());

        StepVerifier.create(of(operation, session))
                .then(() -> eventually(
                        () -> assertThat(server.received(operation.type())).isEqualTo(sent + 1)))
                .then(server::closeConnections)
                .expectError(PlabbleSessionClosedException.class)
                .verify(BOUND);
        onlyFailure(operation, Reason.CONNECTION_CLOSED, true);

        fails(of(operation, session), PlabbleSessionClosedException.class, closed -> {});
        if (FOLLOWING.contains(operation)) { // it has not even come to a request
            assertThat(recording.requests).hasSize(1);
        } else {
            assertThat(recording.requests).hasSize(2);
            isFailure(recording.requests.get(1), operation, Reason.CONNECTION_CLOSED, false);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.Operation#inBothModes")
    void aRequestThatIsNotAdmittedIsAFailure(Operation operation, Encryption encryption) {
        PlabbleSession session = connect(client().encryption(encryption).maxRequestsInFlight(1));
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        Mono<List<Slot>> first = started(bucketOf(session).read(0).collectList());

        fails(of(operation, session), PlabbleLimitException.class, limit -> {});
        server.release();
        first.block(BOUND);

        assertThat(recording.requests).hasSize(2);
        isFailure(recording.requests.get(1), operation, Reason.TOO_MANY_REQUESTS, false);
    }

    @Test
    void aRequestThatTheCallRefusesIsNone() {
        PlabbleSession session = connect(client().maxPacketSize(1024));
        assertThatThrownBy(() -> bucketOf(session).put(0, new byte[2000]))
                .isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> bucketOf(session).put(List.of())).isInstanceOf(PlabbleConfigurationException.class);
        assertThat(recording.requests).isEmpty();
    }

    @Test
    void aCreateThatWasOvertakenIsCancelledAndTheNextAttemptIsAnother() {
        PlabbleSession session = connect(client());
        AtomicBoolean overtaken = new AtomicBoolean();
        session.createBucket(
                        ALL_PRIVATE,
                        candidate -> overtaken.getAndSet(true)
                                ? Mono.empty()
                                : bucketOf(session).read(0).then())
                .block(BOUND);

        assertThat(recording.requests)
                .extracting(heard -> heard.type + " " + heard.ends)
                .containsExactly("REQUEST [SUCCEEDED]", "CREATE [CANCELLED]", "CREATE [SUCCEEDED]");
    }

    @Test
    void eachRequestOfASharedSubscriptionIsOfTheSubscriberWhoBroughtItAbout() {
        PlabbleSession session = connect(client());
        Bucket bucket = bucketOf(session);
        Disposable first = bucket.updates(SlotRange.slot(1))
                .contextWrite(Context.of("who", 1))
                .subscribe();
        eventually(() -> assertThat(server.subscriptions()).hasSize(1));
        Disposable covered = bucket.updates(SlotRange.slot(1))
                .contextWrite(Context.of("who", 2))
                .subscribe();
        Disposable widening = bucket.updates(SlotRange.slot(2))
                .contextWrite(Context.of("who", 3))
                .subscribe();
        Disposable reading = bucket.readAndFollow(SlotRange.slot(1))
                .contextWrite(Context.of("who", 4))
                .subscribe();
        eventually(() -> assertThat(recording.requests)
                .extracting(heard -> heard.type + " " + heard.subscriber.<Object>get("who") + " " + heard.ends)
                .containsExactly("SUBSCRIBE 1 [SUCCEEDED]", "SUBSCRIBE 3 [SUCCEEDED]", "REQUEST 4 [SUCCEEDED]"));
        List.of(first, covered, widening, reading).forEach(Disposable::dispose);
    }

    @Test
    void probesAreNobodysRequests() {
        connect(client().probe(Duration.ofMillis(10)));
        eventually(() -> assertThat(server.received(PacketType.REQUEST)).isGreaterThanOrEqualTo(2));
        assertThat(recording.requests).isEmpty();
    }

    @Test
    void theSessionsOfAWarmupAreNobodys() {
        done(client().warmup());
        assertThat(recording.connects).isEmpty();
        assertThat(recording.requests).isEmpty();
        assertThat(recording.opened).isEmpty();
    }

    // ── sessions ────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void theNumbersOfASessionCanBeReadWhileItLivesAndAfterwards() {
        PlabbleSession session = connect(client());
        assertThat(recording.opened).hasSize(1);
        OpenSession numbers = recording.opened.get(0);
        assertThat(numbers.peer()).isEqualTo(new Peer(transport.code(), server.host()));
        assertThat(numbers.requestsInFlight()).isZero();
        assertThat(numbers.remainingRequests()).isEqualTo(65_535);

        server.fault(FaultPoint.ANSWER, Fault.hold());
        Mono<Void> put = started(bucketOf(session).put(0, "x"));
        eventually(() -> {
            assertThat(numbers.requestsInFlight()).isOne();
            assertThat(numbers.remainingRequests()).isEqualTo(65_534);
        });
        server.release();
        done(put);
        assertThat(numbers.requestsInFlight()).isZero();
        assertThat(recording.closed).isEmpty();

        done(session.close());
        done(session.onClose());
        assertThat(recording.closed).containsExactly(numbers);
        assertThat(numbers.remainingRequests()).isZero();
    }

    @Test
    void aSessionIsClosedForTheInstrumentationHoweverItEnds() {
        PlabbleSession ofTheServer = connect(client());
        server.closeConnections();
        fails(ofTheServer.onClose(), PlabbleSessionClosedException.class, closed -> {});
        assertThat(recording.closed).hasSize(1);

        PlabbleSession broken = connect(client());
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.answer(new byte[] {1, 0})));
        fails(bucketOf(broken).read(0), PlabbleException.class, error -> {});
        assertThat(recording.closed).hasSize(2);

        client().withSession(session -> Mono.error(new IllegalStateException("of the work")))
                .onErrorComplete()
                .blockLast(BOUND);
        assertThat(recording.closed).hasSize(3);
    }

    // ── an instrumentation with faults ──────────────────────────────────────────────────────────────────────────────

    @Test
    void whatItThrowsHarmsNobody() {
        worksWith(new Instrumentation() {
            @Override
            public Observed connect(Peer peer, ContextView subscriber) {
                throw new IllegalStateException("of the instrumentation");
            }

            @Override
            public Observed request(Peer peer, PacketType type, ContextView subscriber) {
                throw new IllegalStateException("of the instrumentation");
            }

            @Override
            public void sessionOpened(OpenSession session) {
                throw new IllegalStateException("of the instrumentation");
            }

            @Override
            public void sessionClosed(OpenSession session) {
                throw new IllegalStateException("of the instrumentation");
            }
        });
    }

    @Test
    void whatItsListenersThrowHarmsNobody() {
        Instrumentation.Observed throwing = new Instrumentation.Observed() {
            @Override
            public Context context(Context subscriber) {
                throw new AssertionError("of the instrumentation");
            }

            @Override
            public void succeeded() {
                throw new NoClassDefFoundError("of the instrumentation");
            }

            @Override
            public void failed(PlabbleException error) {
                throw new AssertionError("of the instrumentation");
            }

            @Override
            public void cancelled() {
                throw new AssertionError("of the instrumentation");
            }
        };
        worksWith(returning(throwing));
    }

    @Test
    void whatItLeavesOutHarmsNobody() {
        worksWith(returning(null));
        worksWith(new Instrumentation() {});
        worksWith(returning(new Instrumentation.Observed() {
            @Override
            public Context context(Context subscriber) {
                return null;
            }
        }));
    }

    private static Instrumentation returning(Instrumentation.Observed observed) {
        return new Instrumentation() {
            @Override
            public Observed connect(Peer peer, ContextView subscriber) {
                return observed;
            }

            @Override
            public Observed request(Peer peer, PacketType type, ContextView subscriber) {
                return observed;
            }
        };
    }

    private void worksWith(Instrumentation instrumentation) {
        PlabbleClient client = super.client().instrument(instrumentation);
        PlabbleSession session = connect(client);
        done(bucketOf(session).put(3, "three"));
        fails(session.bucket(BucketId.of(new byte[16])).read(), PlabbleServerException.class, refused -> {});
        assertThat(slots(bucketOf(session).read(3))).containsExactly(Slot.of(3, "three"));
        server.fault(FaultPoint.ANSWER, Fault.once(Fault.hold()));
        bucketOf(session).read().subscribe().dispose();
        server.release();
        done(session.close());
        done(session.onClose());
        fails(
                client.serverName("other.example").connect(),
                PlabbleException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.NAME_MISMATCH));
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> client().instrument(null))
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageContaining("instrumentation");
    }

    private void onlyRequest(Operation operation, End end) {
        assertThat(recording.requests).hasSize(1);
        is(recording.requests.get(0), operation, end);
    }

    private void onlyFailure(Operation operation, Reason reason, boolean written) {
        assertThat(recording.requests).hasSize(1);
        isFailure(recording.requests.get(0), operation, reason, written);
    }

    private void isFailure(Heard heard, Operation operation, Reason reason, boolean written) {
        is(heard, operation, End.FAILED);
        assertThat(heard.errors).singleElement().satisfies(error -> {
            assertThat(error.reason()).isEqualTo(reason);
            assertThat(error.requestWritten()).isEqualTo(written);
            assertThat(error.bucketId()).isPresent();
        });
    }

    private void is(Heard heard, Operation operation, End end) {
        assertThat(heard.type).isEqualTo(operation.type());
        assertThat(heard.peer).isEqualTo(new Peer(transport.code(), server.host()));
        assertThat(heard.subscriber.<String>get("subscriber")).isEqualTo("of the request");
        assertThat(heard.ends).containsExactly(end);
    }

    private Flux<?> of(Operation operation, PlabbleSession session) {
        return Flux.from(operation.of(session, bucketOf(session))).contextWrite(SUBSCRIBER);
    }

    private Bucket bucketOf(PlabbleSession session) {
        return session.bucket(owned.id(), owned.key().orElseThrow());
    }
}
