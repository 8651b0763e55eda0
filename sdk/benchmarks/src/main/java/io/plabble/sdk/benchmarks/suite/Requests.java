package io.plabble.sdk.benchmarks.suite;

import io.plabble.sdk.Encryption;
import io.plabble.sdk.benchmarks.load.Loads;
import io.plabble.sdk.benchmarks.load.server.Services;
import java.util.List;

/** What does a request cost on a session that lasts, beside its cryptography, a bare echo, Lettuce and RSocket? */
final class Requests implements Experiment {
    static final String LETTUCE = "Lettuce";
    static final String RSOCKET = "RSocket";
    static final String ECHO = "echo";
    static final int SMALL = 64;
    static final int LARGER = 1024;
    static final int DEEP = 256;
    static final List<Integer> DEPTHS = List.of(1, 32, DEEP);

    private final int bytes;

    /** @param bytes what the slot, the value or the payload has */
    Requests(int bytes) {
        this.bytes = bytes;
    }

    static String experiment(int bytes) {
        return "request of " + bytes + " B";
    }

    static String reads(Encryption encryption) {
        return "Plabble read " + mode(encryption);
    }

    static String writes(Encryption encryption) {
        return "Plabble write " + mode(encryption);
    }

    static String cryptography(Encryption encryption) {
        return "cryptography " + mode(encryption);
    }

    private static String mode(Encryption encryption) {
        return encryption == Encryption.ON ? "encrypted" : "MAC";
    }

    @Override
    public void run(Scale scale, Results results) {
        try (Redis redis = Redis.start();
                Contest contest = new Contest(experiment(bytes), scale, results)) {
            Server plabble = contest.serve(Server.start(Services.PLABBLE, "2"));
            Server echo = contest.serve(Server.start(Services.ECHO));
            Server rsocket = contest.serve(Server.start(Services.RSOCKET));
            for (Encryption mode : List.of(Encryption.OFF, Encryption.ON)) {
                contest.enter(Contender.start(reads(mode), Loads.PLABBLE_READS, plabble.address(), mode, bytes));
                if (scale.whole()) {
                    contest.enter(Contender.start(writes(mode), Loads.PLABBLE_WRITES, plabble.address(), mode, bytes));
                }
                contest.enter(Contender.start(cryptography(mode), Loads.REQUEST_CRYPTOGRAPHY, List.of(), mode, bytes));
            }
            contest.enter(Contender.start(LETTUCE, Loads.LETTUCE_REQUESTS, List.of(), redis.port(), bytes));
            contest.enter(Contender.start(RSOCKET, Loads.RSOCKET_REQUESTS, rsocket.address(), bytes));
            contest.enter(Contender.start(ECHO, Loads.ECHO_REQUESTS, echo.address(), bytes));
            contest.run(scale.whole() && bytes == SMALL ? DEPTHS : List.of(1, DEEP));
        }
    }
}
