package io.plabble.sdk.benchmarks.suite;

import io.plabble.sdk.benchmarks.load.Measurement;
import java.util.ArrayList;
import java.util.List;

/** Contenders, and the servers that they talk to. */
final class Contest implements AutoCloseable {
    private final String experiment;
    private final Scale scale;
    private final Results results;
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final List<Contender> contenders = new ArrayList<>();

    Contest(String experiment, Scale scale, Results results) {
        this.experiment = experiment;
        this.scale = scale;
        this.results = results;
    }

    <T extends AutoCloseable> T serve(T server) {
        servers.add(server);
        return server;
    }

    void enter(Contender contender) {
        contenders.add(contender);
    }

    /** Each is warmed up with the last of the settings, then measured in turns, with each of them. */
    void run(List<Integer> atATime) {
        int most = atATime.get(atATime.size() - 1);
        contenders.forEach(contender -> WarmUp.run(contender, most));
        for (int round = 0; round < scale.rounds(); round++) {
            for (int many : atATime) {
                for (Contender contender : contenders) {
                    record(contender, many, round);
                }
            }
        }
    }

    private void record(Contender contender, int atATime, int round) {
        Measurement measured = contender.measure(atATime, scale.time());
        record(contender, atATime, round, "cpu us", measured.cpuMicros());
        record(contender, atATime, round, "rate per s", measured.rate());
        record(contender, atATime, round, "allocated bytes", measured.allocatedBytes());
        record(contender, atATime, round, "p50 us", measured.p50() / 1e3);
        record(contender, atATime, round, "p99 us", measured.p99() / 1e3);
    }

    private void record(Contender contender, int atATime, int round, String measure, double value) {
        results.add(new Sample(experiment, contender.name(), Integer.toString(atATime), round, measure, value));
    }

    @Override
    public void close() {
        contenders.forEach(Contender::close);
        for (AutoCloseable server : servers) {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
