package io.plabble.sdk.benchmarks.soak;

import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSession;
import io.plabble.sdk.benchmarks.process.Footprint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Opens many sessions at once, then connects many times with faults, to a server in a process of its own; and requires of both
 * processes that memory, threads and descriptors end where they began.
 */
public final class Soak {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final int AT_ONCE = 64;
    private static final int WARM_UP_CONNECTS = 2_000;
    private static final int SPARE_DESCRIPTORS = 500;
    /** Reactor's elastic threads, which read trust stores, end after a minute without work. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private final ServerProcess server;
    private final PlabbleClient client;

    private Soak(ServerProcess server) {
        this.server = server;
        this.client = server.client();
    }

    /** @param arguments how many sessions at once, how many connects, and the seed of the faults */
    public static void main(String... arguments) {
        int sessions = Integer.parseInt(arguments[0]);
        int connects = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        if (Footprint.mostDescriptors() < sessions + SPARE_DESCRIPTORS) {
            throw new IllegalArgumentException(sessions + " sessions need as many descriptors, and there are "
                    + Footprint.mostDescriptors() + ": see ulimit -n");
        }
        try (ServerProcess server = new ServerProcess()) {
            new Soak(server).run(sessions, connects, seed);
        }
    }

    private void run(int sessions, int connects, long seed) {
        openAtOnce(sessions);
        new FaultyConnects(server, client, ~seed).run(Math.min(connects, WARM_UP_CONNECTS));
        Both began = Both.take(server);
        began.report("began");

        Both open = openAtOnce(sessions);
        open.report(sessions + " sessions open");
        System.out.printf(
                "bytes for each idle session: client %,d, server %,d%n",
                open.client().memoryBeyond(began.client()) / sessions,
                open.server().memoryBeyond(began.server()) / sessions);
        Both.take(server).report("closed");

        Instant start = Instant.now();
        FaultyConnects faulty = new FaultyConnects(server, client, seed);
        faulty.run(connects);
        System.out.println(connects + " connects in " + Duration.between(start, Instant.now()) + ", seed " + seed + ": "
                + faulty.met());
        awaitBeginning(began);
    }

    /** Both processes' footprints while all these sessions are open; each has answered a request. */
    private Both openAtOnce(int count) {
        List<PlabbleSession> sessions = Objects.requireNonNull(Flux.range(0, count)
                .flatMap(number -> client.connect(), AT_ONCE)
                .collectList()
                .block(DEADLINE));
        Flux.fromIterable(sessions).flatMap(Life::sign, AT_ONCE).blockLast(DEADLINE);
        Both open = Both.take(server);
        Flux.fromIterable(sessions).flatMap(PlabbleSession::close).blockLast(DEADLINE);
        server.awaitIdle();
        return open;
    }

    private void awaitBeginning(Both began) {
        Instant end = Instant.now().plus(PATIENCE);
        Both now = Both.take(server);
        while (!now.isBackAt(began) && Instant.now().isBefore(end)) {
            Mono.delay(Duration.ofSeconds(1)).block();
            now = Both.take(server);
        }
        now.report("ended");
        if (!now.isBackAt(began)) {
            throw new IllegalStateException("something was left behind");
        }
    }
}
