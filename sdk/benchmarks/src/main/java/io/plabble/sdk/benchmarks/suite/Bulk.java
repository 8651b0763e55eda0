package io.plabble.sdk.benchmarks.suite;

import io.plabble.sdk.Encryption;
import io.plabble.sdk.benchmarks.load.Loads;
import io.plabble.sdk.benchmarks.load.server.Services;
import java.util.List;

/** Do slots of a mebibyte travel as fast as they can be encrypted? */
final class Bulk implements Experiment {
    static final String NAME = "bulk";
    static final String READ = "Plabble read";
    static final String WRITE = "Plabble write";
    static final String AEAD = "AEAD";
    static final String ECHO = "echo";
    static final int AT_A_TIME = 4;

    private static final int MEBIBYTE = 1 << 20;

    @Override
    public void run(Scale scale, Results results) {
        try (Contest contest = new Contest(NAME, scale, results)) {
            Server plabble = contest.serve(Server.start(Services.PLABBLE, "2"));
            Server echo = contest.serve(Server.start(Services.ECHO));
            contest.enter(Contender.start(READ, Loads.PLABBLE_READS, plabble.address(), Encryption.ON, MEBIBYTE));
            contest.enter(Contender.start(WRITE, Loads.PLABBLE_WRITES, plabble.address(), Encryption.ON, MEBIBYTE));
            contest.enter(Contender.start(AEAD, Loads.REQUEST_CRYPTOGRAPHY, List.of(), Encryption.ON, MEBIBYTE));
            contest.enter(Contender.start(ECHO, Loads.ECHO_REQUESTS, echo.address(), MEBIBYTE));
            contest.run(List.of(AT_A_TIME));
        }
    }
}
