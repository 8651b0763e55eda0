package io.plabble.sdk.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleException;
import io.plabble.sdk.Gap;
import io.plabble.sdk.Instrumentation;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * An {@link Observation} of each connect and of each request ({@link PlabbleObservation}), so that there are timers and traces of
 * them if the registry has handlers for these, and gauges of the open sessions.
 *
 * <pre>{@code
 * client.instrument(MicrometerInstrumentation.of(observationRegistry).withMeters(meterRegistry));
 * }</pre>
 *
 * <p>The parent of an observation is the one in the subscriber's Reactor context, under {@code micrometer.observation} as
 * everywhere, or else the current one of the subscribing thread. Immutable; may be given to any number of clients. Observations
 * need {@code micrometer-observation}, gauges and timers {@code micrometer-core}.
 */
public final class MicrometerInstrumentation implements Instrumentation {
    /** That of Micrometer's ObservationThreadLocalAccessor, which needs its context-propagation to be loaded. */
    static final String CONTEXT_KEY = "micrometer.observation";

    private static final ConnectObservationConvention CONNECT = new ConnectObservationConvention();
    private static final RequestObservationConvention REQUEST = new RequestObservationConvention();

    private final ObservationRegistry observations;
    private final @Nullable SessionGauges gauges;
    private final @Nullable KeptSessionCounters counters;
    private final @Nullable ObservationConvention<PlabbleObservationContext> connectConvention;
    private final @Nullable ObservationConvention<PlabbleObservationContext> requestConvention;

    private MicrometerInstrumentation(
            ObservationRegistry observations,
            @Nullable SessionGauges gauges,
            @Nullable KeptSessionCounters counters,
            @Nullable ObservationConvention<PlabbleObservationContext> connectConvention,
            @Nullable ObservationConvention<PlabbleObservationContext> requestConvention) {
        this.observations = observations;
        this.gauges = gauges;
        this.counters = counters;
        this.connectConvention = connectConvention;
        this.requestConvention = requestConvention;
    }

    /** Observations for the handlers of this registry, and no meters. */
    public static MicrometerInstrumentation of(ObservationRegistry registry) {
        return new MicrometerInstrumentation(required("observation registry", registry), null, null, null, null);
    }

    /** Timers, gauges and counters for an application that has no {@link ObservationRegistry} of its own. */
    public static MicrometerInstrumentation ofMeters(MeterRegistry registry) {
        required("meter registry", registry);
        ObservationRegistry timers = ObservationRegistry.create();
        timers.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
        return of(timers).withMeters(registry);
    }

    /**
     * Gauges as well: {@code plabble.client.sessions}, {@code plabble.client.requests.inflight} and {@code
     * plabble.client.counters.remaining}, with {@code transport} and {@code server.name}. They appear with the first session, and
     * then stay; without one they are 0, 0 and NaN. And counters of {@link io.plabble.sdk.PlabbleSessions}: {@code
     * plabble.client.renewals}, {@code plabble.client.losses} with {@code reason}, {@code plabble.client.repeats} with {@code
     * packet.type}, and {@code plabble.client.gaps}.
     */
    public MicrometerInstrumentation withMeters(MeterRegistry registry) {
        return new MicrometerInstrumentation(
                observations,
                new SessionGauges(required("meter registry", registry)),
                new KeptSessionCounters(registry),
                connectConvention,
                requestConvention);
    }

    /** Other names and keys for connects; see {@link ConnectObservationConvention}. */
    public MicrometerInstrumentation withConnectConvention(
            ObservationConvention<PlabbleObservationContext> convention) {
        return new MicrometerInstrumentation(
                observations, gauges, counters, required("connect convention", convention), requestConvention);
    }

    /** Other names and keys for requests; see {@link RequestObservationConvention}. */
    public MicrometerInstrumentation withRequestConvention(
            ObservationConvention<PlabbleObservationContext> convention) {
        return new MicrometerInstrumentation(
                observations, gauges, counters, connectConvention, required("request convention", convention));
    }

    @Override
    public Observed connect(Peer peer, ContextView subscriber) {
        return begin(PlabbleObservation.CONNECT, connectConvention, CONNECT, peer, PacketType.CONNECT, subscriber);
    }

    @Override
    public Observed request(Peer peer, PacketType type, ContextView subscriber) {
        return begin(PlabbleObservation.REQUEST, requestConvention, REQUEST, peer, type, subscriber);
    }

    private Observed begin(
            PlabbleObservation what,
            @Nullable ObservationConvention<PlabbleObservationContext> custom,
            ObservationConvention<PlabbleObservationContext> standard,
            Peer peer,
            PacketType type,
            ContextView subscriber) {
        PlabbleObservationContext context = new PlabbleObservationContext(peer, type);
        Observation observation = what.observation(custom, standard, () -> context, observations);
        if (observation.isNoop()) { // the registry does not want it
            return Observed.NONE;
        }
        if (subscriber.<@Nullable Object>getOrDefault(CONTEXT_KEY, null) instanceof Observation parent) {
            observation.parentObservation(parent);
        }
        return new Running(observation.start(), context);
    }

    @Override
    public void sessionOpened(OpenSession session) {
        if (gauges != null) {
            gauges.opened(session);
        }
    }

    @Override
    public void sessionClosed(OpenSession session) {
        if (gauges != null) {
            gauges.closed(session);
        }
    }

    @Override
    public void renewed(Peer peer) {
        if (counters != null) {
            counters.renewed(peer);
        }
    }

    @Override
    public void lost(Peer peer, PlabbleException why) {
        if (counters != null) {
            counters.lost(peer, why);
        }
    }

    @Override
    public void repeated(Peer peer, PacketType type, PlabbleException why) {
        if (counters != null) {
            counters.repeated(peer, type);
        }
    }

    @Override
    public void gapBridged(Peer peer, Gap gap) {
        if (counters != null) {
            counters.gapBridged(peer);
        }
    }

    private static <T> T required(String what, @Nullable T value) {
        if (value == null) {
            throw new PlabbleConfigurationException(what + ": must not be null");
        }
        return value;
    }

    /** Of a connect or a request that is not over. */
    private record Running(Observation observation, PlabbleObservationContext observed) implements Observed {
        @Override
        public Context context(Context subscriber) {
            return subscriber.put(CONTEXT_KEY, observation);
        }

        @Override
        public void succeeded() {
            stop("success");
        }

        @Override
        public void failed(PlabbleException error) {
            observation.error(error);
            stop("error");
        }

        @Override
        public void cancelled() {
            stop("cancelled");
        }

        private void stop(String outcome) {
            observed.end(outcome);
            observation.stop();
        }
    }
}
