package io.plabble.sdk;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.plabble.protocol.Permission;
import io.plabble.protocol.Slot;
import io.plabble.sdk.micrometer.MicrometerInstrumentation;
import io.plabble.sdk.test.PlabbleTestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** What {@link WithoutMicrometerTest} loads by a class loader of its own. */
final class WithoutMicrometer {
    private WithoutMicrometer() {}

    private static String use(UnaryOperator<PlabbleClient> settings) {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            return settings.apply(
                            PlabbleClient.create(server.host(), server.port()).trust(server.trustStore()))
                    .withSession(session -> session.createBucket(BucketSpec.of(Permission.PRIVATE_APPEND))
                            .flatMapMany(bucket -> bucket.append("hello").thenMany(bucket.read())))
                    .map(Slot::text)
                    .collectList()
                    .block(Duration.ofSeconds(20))
                    .toString();
        }
    }

    /** Without any instrumentation. */
    public static final class UseASession implements Callable<String> {
        @Override
        public String call() {
            return use(client -> client);
        }
    }

    /** Nothing but observations. */
    public static final class ObserveASession implements Callable<String> {
        @Override
        public String call() {
            List<String> observed = new CopyOnWriteArrayList<>();
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
                @Override
                public void onStop(Observation.Context context) {
                    observed.add(context.getName());
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return true;
                }
            });
            use(client -> client.instrument(MicrometerInstrumentation.of(registry)));
            return observed.subList(0, 3).toString();
        }
    }
}
