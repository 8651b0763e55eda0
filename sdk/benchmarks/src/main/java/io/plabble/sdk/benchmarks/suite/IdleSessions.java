package io.plabble.sdk.benchmarks.suite;

import io.plabble.sdk.benchmarks.load.Measurement;
import io.plabble.sdk.benchmarks.load.many.HoldingClient;
import io.plabble.sdk.benchmarks.load.server.Services;
import io.plabble.sdk.benchmarks.process.Child;
import io.plabble.sdk.benchmarks.process.Footprint;
import java.util.List;
import java.util.stream.Stream;

/** What does a session cost to open, to hold and to use, among so many others, beside a bare connection? */
final class IdleSessions implements Experiment {
    static final String NAME = "sessions";
    static final String SUBJECT = "Plabble";
    static final String FLOOR = "TCP";
    static final int MOST = 10_000;

    private static final List<Integer> COUNTS = List.of(1, 10, 100, 1_000, MOST);
    private static final int ROUNDS = 3; // each of them long
    private static final int REQUESTS = 40_000;
    private static final int WARM_UP_SESSIONS = 2_000;
    private static final int WARM_UPS = 3;
    private static final int SPARE_DESCRIPTORS = 500;

    @Override
    public void run(Scale scale, Results results) {
        if (Footprint.mostDescriptors() < MOST + SPARE_DESCRIPTORS) {
            throw new IllegalStateException("needs ulimit -n " + (MOST + SPARE_DESCRIPTORS));
        }
        try (Server plabble = Server.start(Services.PLABBLE, "2");
                Server echo = Server.start(Services.ECHO);
                Child sessions = start("sessions", plabble);
                Child connections = start("connections", echo)) {
            warmUp(sessions);
            warmUp(connections);
            for (int round = 0; round < ROUNDS; round++) {
                for (int count : COUNTS) {
                    if (scale.whole() || count == MOST) {
                        run(SUBJECT, sessions, count, round, results);
                        run(FLOOR, connections, count, round, results);
                    }
                }
            }
        }
    }

    private static Child start(String what, Server server) {
        List<String> arguments =
                Stream.concat(Stream.of(what), server.address().stream()).toList();
        return Child.java(HoldingClient.class, List.of("-Xms1g", "-Xmx2g"), arguments);
    }

    private static void warmUp(Child client) {
        for (int i = 0; i < WARM_UPS; i++) {
            client.ask("open " + WARM_UP_SESSIONS);
            client.ask("request " + REQUESTS);
            client.ask("close");
        }
    }

    private static void run(String subject, Child client, int count, int round, Results results) {
        Measurement opened = Measurement.decode(client.ask("open " + count));
        String[] held = client.ask("hold").split(" ");
        Measurement requested = Measurement.decode(client.ask("request " + REQUESTS));
        client.ask("close");
        String setting = Integer.toString(count);
        results.add(new Sample(NAME, subject, setting, round, "cpu us to open", opened.cpuMicros()));
        results.add(new Sample(NAME, subject, setting, round, "heap bytes", Double.parseDouble(held[0]) / count));
        results.add(new Sample(NAME, subject, setting, round, "direct bytes", Double.parseDouble(held[1]) / count));
        results.add(new Sample(NAME, subject, setting, round, "cpu us a request", requested.cpuMicros()));
    }
}
