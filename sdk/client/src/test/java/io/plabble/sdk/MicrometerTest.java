package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.sdk.micrometer.ConnectObservationConvention;
import io.plabble.sdk.micrometer.MicrometerInstrumentation;
import io.plabble.sdk.micrometer.PlabbleObservation;
import io.plabble.sdk.micrometer.PlabbleObservationContext;
import io.plabble.sdk.micrometer.RequestObservationConvention;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Observations by Micrometer: their names, keys, parents and ends. */
class MicrometerTest extends SessionFixture {
    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final Ended ended = new Ended();
    private MicrometerInstrumentation instrumentation = MicrometerInstrumentation.of(registry);
    private final Bucket owned = create(connect(super.client()));

    MicrometerTest() {
        registry.observationConfig().observationHandler(ended);
    }

    /** In the order in which they ended. */
    private static final class Ended implements ObservationHandler<PlabbleObservationContext> {
        private final List<PlabbleObservationContext> stopped = new CopyOnWriteArrayList<>();
        private final Map<PlabbleObservationContext, Integer> running = new ConcurrentHashMap<>();

        @Override
        public void onStart(PlabbleObservationContext context) {
            assertThat(context.outcome()).isEqualTo("unknown");
            running.merge(context, 1, Integer::sum);
        }

        @Override
        public void onStop(PlabbleObservationContext context) {
            running.merge(context, -1, Integer::sum);
            stopped.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof PlabbleObservationContext;
        }
    }

    @Override
    PlabbleClient client() {
        return super.client().instrument(instrumentation);
    }

    @AfterEach
    void everythingStopsOnce() {
        closeSessions();
        eventually(() -> assertThat(ended.running.values()).allMatch(times -> times == 0));
    }

    // ── names and keys ──────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void aConnectThatSucceeds() {
        connect(client());
        registry.assertThat()
                .hasNumberOfObservationsEqualTo(1)
                .hasSingleObservationThat()
                .hasNameEqualTo("plabble.client.connect")
                .hasContextualNameEqualTo("plabble connect")
                .hasOnlyKeys("transport", "server.name", "outcome", "reason", "code")
                .hasLowCardinalityKeyValue("transport", transport.code())
                .hasLowCardinalityKeyValue("server.name", server.host())
                .hasLowCardinalityKeyValue("outcome", "success")
                .hasLowCardinalityKeyValue("reason", "none")
                .hasLowCardinalityKeyValue("code", "none")
                .hasBeenStarted()
                .hasBeenStopped()
                .doesNotHaveError();
        assertThat(only().getKind()).isEqualTo(Kind.CLIENT);
        assertThat(only().getRemoteServiceName()).isEqualTo(server.host());
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatSucceeds(Operation operation) {
        PlabbleSession session = connect(client());
        ended.stopped.clear();
        Disposable request = Flux.from(operation.of(session, bucketOf(session))).subscribe();
        eventually(() -> assertThat(ended.stopped).hasSize(1));

        String type = operation.type().name().toLowerCase(Locale.ROOT);
        assertThat(only().getName()).isEqualTo("plabble.client.request");
        assertThat(only().getContextualName()).isEqualTo("plabble " + type);
        assertThat(keys(only()))
                .containsOnly(
                        Map.entry("transport", transport.code()),
                        Map.entry("server.name", server.host()),
                        Map.entry("packet.type", type),
                        Map.entry("outcome", "success"),
                        Map.entry("reason", "none"),
                        Map.entry("code", "none"));
        request.dispose();
    }

    @Test
    void theKeysAreThoseDocumented() {
        PlabbleSession session = connect(client());
        done(bucketOf(session).put(0, "x"));

        assertThat(ended.stopped).hasSize(2);
        for (PlabbleObservation documented : PlabbleObservation.values()) {
            PlabbleObservationContext context = ended.stopped.get(documented.ordinal());
            assertThat(keys(context).keySet())
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(documented.getLowCardinalityKeyNames())
                            .map(KeyName::asString)
                            .toList());
            assertThat(context.getHighCardinalityKeyValues()).isEmpty();
        }
    }

    @Test
    void theTransportAndTheNameThatIsVerified() {
        fails(client().serverName("other.example").connect(), PlabbleException.class, error -> {});
        assertThat(keys(only()))
                .containsEntry("transport", transport.code())
                .containsEntry("server.name", "other.example");
    }

    // ── failures ────────────────────────────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @MethodSource("io.plabble.sdk.ConnectFaultsTest#faults")
    void aConnectThatFails(FaultPoint point, Fault fault) {
        server.fault(point, fault);
        fails(client().connect(), PlabbleException.class, error -> {
            assertThat(only().getError()).isSameAs(error);
            assertFailed(error.reason().code(), "none");
        });
    }

    @Test
    void anErrorAnswerHasItsCode() {
        PlabbleSession session = connect(client());
        ended.stopped.clear();
        fails(session.bucket(BucketId.of(new byte[16])).read(), PlabbleServerException.class, refused -> {});
        assertFailed("error-response", "bucket-does-not-exist");

        for (int code : new int[] {7, 128, 255}) {
            ended.stopped.clear();
            server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(code, "tell nobody")));
            fails(bucketOf(session).read(), PlabbleServerException.class, refused -> {});
            assertFailed("error-response", "other");
        }

        ended.stopped.clear();
        server.fault(FaultPoint.CONNECT_RECEIVED, Fault.error(32, ""));
        fails(client().connect(), PlabbleServerException.class, refused -> {});
        assertFailed("error-response", "could-not-upgrade-to-encrypted-connection");
    }

    @Test
    void aDeadlineACancelAndTheEndOfTheSession() {
        PlabbleSession session = connect(client().requestTimeout(Duration.ofMillis(100)));
        ended.stopped.clear();
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.silence());
        fails(bucketOf(session).read(), PlabbleTimeoutException.class, late -> {});
        assertFailed("timeout", "none");

        ended.stopped.clear();
        bucketOf(session).read().subscribe().dispose();
        assertThat(keys(only())).containsEntry("outcome", "cancelled").containsEntry("reason", "none");
        assertThat(only().getError()).isNull();

        ended.stopped.clear();
        session.dispose();
        fails(bucketOf(session).read(), PlabbleSessionClosedException.class, closed -> {});
        assertFailed("session-closed", "none");
    }

    private void assertFailed(String reason, String code) {
        assertThat(keys(only()))
                .containsEntry("outcome", "error")
                .containsEntry("reason", reason)
                .containsEntry("code", code);
        assertThat(only().getError()).isInstanceOf(PlabbleException.class);
    }

    @Test
    void noBucketNoKeyAndNoContentIsInAnyKey() {
        PlabbleSession session = connect(client());
        Bucket bucket = create(session);
        done(bucket.put(0, "the content of a slot"));
        fails(session.bucket(bucket.id()).put(0, "the content of a slot"), PlabbleServerException.class, e -> {});
        assertThat(ended.stopped)
                .hasSize(4)
                .allSatisfy(context -> assertThat(context.getAllKeyValues())
                        .extracting(KeyValue::getValue)
                        .noneMatch(value -> value.contains(bucket.id().toString())
                                || value.contains(bucket.key().orElseThrow().hex())
                                || value.contains("content")));
    }

    // ── parents ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void theParentIsTheObservationInTheSubscribersContext() {
        Observation callers = Observation.start("callers", registry);
        client().withSession(session -> bucketOf(session).put(0, "x"))
                .contextWrite(Context.of(ObservationThreadLocalAccessor.KEY, callers))
                .blockLast(BOUND);
        callers.stop();

        assertThat(ended.stopped)
                .hasSize(2)
                .allSatisfy(
                        context -> assertThat(context.getParentObservation()).isSameAs(callers));
    }

    @Test
    void theParentOfASubscriptionsRequestIsItsSubscribers() {
        PlabbleSession session = connect(client());
        ended.stopped.clear();
        Observation callers = Observation.start("callers", registry);
        Disposable following = bucketOf(session)
                .readAndFollow()
                .contextWrite(Context.of(ObservationThreadLocalAccessor.KEY, callers))
                .subscribe();
        eventually(() -> assertThat(only().getParentObservation()).isSameAs(callers));
        following.dispose();
        callers.stop();

        eventually(() -> assertThat(ended.stopped).hasSize(2));
        assertThat(ended.stopped.get(1).getContextualName()).isEqualTo("plabble unsubscribe");
        assertThat(ended.stopped.get(1).getParentObservation()).isNull();
    }

    @Test
    void elseTheParentIsTheCurrentOneOfTheSubscribingThread() {
        PlabbleSession session = connect(client());
        ended.stopped.clear();
        Observation callers = Observation.start("callers", registry);
        try (Observation.Scope scope = callers.openScope()) {
            done(bucketOf(session).put(0, "x"));
        }
        callers.stop();
        assertThat(only().getParentObservation()).isSameAs(callers);
        done(bucketOf(session).put(0, "x"));
        assertThat(ended.stopped.get(1).getParentObservation()).isNull();
    }

    @Test
    void theStepsOfAConnectSeeItsObservation() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        done(client().tcp(tcp -> tcp.doOnChannelInit((observer, channel, address) ->
                        seen.add(observer.currentContext().get(ObservationThreadLocalAccessor.KEY))))
                .withSession(session -> Mono.empty())
                .then());
        assertThat(seen)
                .singleElement()
                .isInstanceOfSatisfying(
                        Observation.class,
                        observation -> assertThat(observation.getContext()).isSameAs(only()));
    }

    // ── settings ────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void otherNamesAndKeys() {
        instrumentation = instrumentation
                .withConnectConvention(new ConnectObservationConvention() {
                    @Override
                    public String getName() {
                        return "our.connect";
                    }
                })
                .withRequestConvention(new RequestObservationConvention() {
                    @Override
                    public KeyValues getLowCardinalityKeyValues(PlabbleObservationContext context) {
                        return super.getLowCardinalityKeyValues(context).and("team", "ours");
                    }
                });
        done(bucketOf(connect(client())).put(0, "x"));
        assertThat(ended.stopped)
                .extracting(Observation.Context::getName)
                .containsExactly("our.connect", "plabble.client.request");
        assertThat(keys(ended.stopped.get(1))).containsEntry("team", "ours").containsEntry("packet.type", "put");
    }

    @Test
    void aConventionOfTheRegistry() {
        final class Ours extends RequestObservationConvention
                implements GlobalObservationConvention<PlabbleObservationContext> {
            @Override
            public String getName() {
                return "our.request";
            }
        }
        registry.observationConfig().observationConvention(new Ours());
        done(bucketOf(connect(client())).put(0, "x"));
        assertThat(ended.stopped)
                .extracting(Observation.Context::getName)
                .containsExactly("plabble.client.connect", "our.request");
    }

    @Test
    void whatTheRegistryDoesNotWantIsNotObservedAndHidesNoParent() {
        registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("plabble."));
        Observation callers = Observation.start("callers", registry);
        List<Object> seen = new CopyOnWriteArrayList<>();
        client().tcp(tcp -> tcp.doOnChannelInit((observer, channel, address) ->
                        seen.add(observer.currentContext().get(ObservationThreadLocalAccessor.KEY))))
                .withSession(session -> bucketOf(session).put(0, "x"))
                .contextWrite(Context.of(ObservationThreadLocalAccessor.KEY, callers))
                .blockLast(BOUND);
        callers.stop();
        assertThat(ended.running).isEmpty();
        assertThat(seen).containsExactly(callers);
    }

    @Test
    void aRegistryThatDoesNothing() {
        instrumentation = MicrometerInstrumentation.of(ObservationRegistry.NOOP);
        done(bucketOf(connect(client())).put(0, "x"));
    }

    @Test
    void whatIsMissingIsRefused() {
        assertThatThrownBy(() -> MicrometerInstrumentation.of(null)).isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> MicrometerInstrumentation.ofMeters(null))
                .isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> instrumentation.withMeters(null)).isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> instrumentation.withConnectConvention(null))
                .isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> instrumentation.withRequestConvention(null))
                .isInstanceOf(PlabbleConfigurationException.class);
    }

    // ── timers ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void timersWithTheSameTagsWhateverTheOutcome() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        instrumentation = MicrometerInstrumentation.ofMeters(meters);
        PlabbleSession session = connect(client());
        done(bucketOf(session).put(0, "x"));
        done(bucketOf(session).put(0, "y"));
        fails(session.bucket(BucketId.of(new byte[16])).read(), PlabbleServerException.class, refused -> {});
        fails(client().serverName("other.example").connect(), PlabbleException.class, error -> {});

        assertThat(meters.get("plabble.client.request")
                        .tags(
                                "packet.type",
                                "put",
                                "outcome",
                                "success",
                                "reason",
                                "none",
                                "transport",
                                transport.code())
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("plabble.client.request")
                        .tags("packet.type", "request", "outcome", "error", "code", "bucket-does-not-exist")
                        .timer()
                        .count())
                .isOne();
        assertThat(meters.get("plabble.client.connect")
                        .tags("outcome", "error", "reason", "name-mismatch", "server.name", "other.example")
                        .timer()
                        .totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(meters.getMeters().stream()
                        .filter(Timer.class::isInstance)
                        .collect(Collectors.groupingBy(
                                timer -> timer.getId().getName(),
                                Collectors.mapping(MicrometerTest::tagKeys, Collectors.toSet()))))
                .hasSize(2)
                .allSatisfy((name, tagKeys) -> assertThat(tagKeys).hasSize(1));
        assertThat(meters.get("plabble.client.request.active").longTaskTimers())
                .allSatisfy(timer -> assertThat(timer.activeTasks()).isZero());
    }

    private static List<String> tagKeys(Meter meter) {
        return meter.getId().getTags().stream().map(Tag::getKey).toList();
    }

    private static Map<String, String> keys(Observation.Context context) {
        return StreamSupport.stream(context.getLowCardinalityKeyValues().spliterator(), false)
                .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private PlabbleObservationContext only() {
        assertThat(ended.stopped).hasSize(1);
        return ended.stopped.get(0);
    }

    private Bucket bucketOf(PlabbleSession session) {
        return session.bucket(owned.id(), owned.key().orElseThrow());
    }
}
