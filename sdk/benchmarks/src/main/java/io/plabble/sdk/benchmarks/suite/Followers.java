package io.plabble.sdk.benchmarks.suite;

import io.plabble.sdk.benchmarks.load.Measurement;
import io.plabble.sdk.benchmarks.load.many.FollowersClient;
import io.plabble.sdk.benchmarks.load.many.WriterClient;
import io.plabble.sdk.benchmarks.load.server.Services;
import io.plabble.sdk.benchmarks.process.Child;
import java.util.List;

/** What does it cost to bring an update to one of so many followers of a session? */
final class Followers implements Experiment {
    static final String NAME = "followers";
    static final String SUBJECT = "Plabble";

    private static final List<Integer> COUNTS = List.of(1, 10, 100, 1_000, 10_000);
    private static final int MOST_UPDATES = 4_000;
    private static final int MOST_DELIVERIES = 2_000_000;
    private static final int WARM_UPS = 5;
    private static final int WARM_UP_FOLLOWERS = 100;

    @Override
    public void run(Scale scale, Results results) {
        try (Server server = Server.start(Services.PLABBLE, "2");
                Child writer = Child.java(WriterClient.class, List.of("-Xmx1g"), server.address())) {
            for (int round = 0; round < scale.rounds(); round++) {
                // One for each round: a session's counters would not last for all of them.
                try (Child client = Child.java(FollowersClient.class, List.of("-Xms1g", "-Xmx1g"), server.address())) {
                    for (int i = 0; i < WARM_UPS; i++) {
                        deliver(client, writer, WARM_UP_FOLLOWERS);
                    }
                    for (int count : COUNTS) {
                        Measurement delivered = deliver(client, writer, count);
                        String setting = Integer.toString(count);
                        results.add(
                                new Sample(NAME, SUBJECT, setting, round, "cpu us a delivery", delivered.cpuMicros()));
                        results.add(new Sample(
                                NAME, SUBJECT, setting, round, "cpu us an update", delivered.cpuMicros() * count));
                    }
                }
            }
        }
    }

    private static Measurement deliver(Child client, Child writer, int followers) {
        int updates = Math.min(MOST_UPDATES, MOST_DELIVERIES / followers);
        String bucket = client.ask("follow " + followers);
        client.ask("expect " + updates);
        writer.ask("write " + bucket + " " + updates);
        return Measurement.decode(client.ask("received"));
    }
}
