package io.plabble.sdk.benchmarks.soak;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Connects one after another, each followed by a read, with a {@link Mishap} in most of them. */
final class FaultyConnects {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int LATEST_CANCEL_MICROS = 4_000;

    private final ServerProcess server;
    private final PlabbleClient client;
    private final Random random;
    private final Map<Mishap, Integer> met = new EnumMap<>(Mishap.class);

    FaultyConnects(ServerProcess server, PlabbleClient client, long seed) {
        this.server = server;
        this.client = client;
        this.random = new Random(seed);
    }

    /** @throws IllegalStateException at the first whose outcome its mishap does not explain */
    void run(int count) {
        for (int number = 0; number < count; number++) {
            Mishap mishap = Mishap.any(random);
            server.prepare(mishap, random.nextLong());
            met.merge(mishap, 1, Integer::sum);
            if (mishap == Mishap.CANCELLED) {
                cancelled();
            } else {
                Set<Reason> outcome = outcome(mishap == Mishap.SILENT ? client.connectTimeout(SHORT) : client);
                if (!mishap.explains(outcome)) {
                    throw new IllegalStateException("connect " + number + ": " + mishap + " ended in " + outcome);
                }
            }
        }
        server.awaitIdle();
    }

    /** How often each mishap was met. */
    Map<Mishap, Integer> met() {
        return met;
    }

    /** What went wrong, or nothing. */
    private Set<Reason> outcome(PlabbleClient each) {
        return Objects.requireNonNull(live(each)
                .thenReturn(EnumSet.noneOf(Reason.class))
                .onErrorResume(PlabbleException.class, error -> Mono.just(EnumSet.of(error.reason())))
                .block(DEADLINE));
    }

    private static Mono<Void> live(PlabbleClient client) {
        return client.withSession(Life::sign).then();
    }

    private void cancelled() {
        live(client)
                .onErrorComplete()
                .takeUntilOther(Mono.delay(Duration.ofNanos(1_000L * random.nextInt(LATEST_CANCEL_MICROS))))
                .block(DEADLINE);
        live(client).block(DEADLINE); // the server accepts in order: now it knows of the one before, if there was one
    }
}
