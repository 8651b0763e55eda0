package io.plabble.sdk.benchmarks.suite;

import io.plabble.sdk.benchmarks.load.Loads;
import io.plabble.sdk.benchmarks.load.server.Services;
import java.util.List;

/**
 * What does a connect cost, beside its cryptography, a bare connection, and TLS 1.3 with as many certificates? And what does each further
 * certificate cost?
 */
final class Connects implements Experiment {
    static final String NAME = "connect";
    static final String TCP = "TCP";
    static final String TLS_JDK = "TLS JDK Ed25519";
    static final String TLS_OPENSSL = "TLS OpenSSL P-256";
    static final int FEW = 1;
    static final int MANY = 32;
    static final int SHORT_CHAIN = 2;
    static final int LONG_CHAIN = 8;

    static final List<Integer> ALL_CHAINS = List.of(SHORT_CHAIN, 3, 4, 6, LONG_CHAIN);
    private static final List<Integer> CHAINS = List.of(SHORT_CHAIN, LONG_CHAIN);

    static String plabble(int certificates) {
        return "Plabble chain of " + certificates;
    }

    static String cryptography(int certificates) {
        return "cryptography chain of " + certificates;
    }

    @Override
    public void run(Scale scale, Results results) {
        try (Contest contest = new Contest(NAME, scale, results)) {
            for (int certificates : scale.whole() ? ALL_CHAINS : CHAINS) {
                enter(contest, certificates);
            }
            Server echo = contest.serve(Server.start(Services.ECHO));
            contest.enter(
                    Contender.start(TCP, Loads.TCP_CONNECT, echo.address()).counting(echo));
            enterTls(contest, TLS_JDK, "JDK", "ed25519");
            enterTls(contest, TLS_OPENSSL, "OPENSSL", "ecp256");
            contest.run(List.of(FEW, MANY));
        }
    }

    private static void enter(Contest contest, int certificates) {
        Server server = contest.serve(Server.start(Services.PLABBLE, Integer.toString(certificates)));
        contest.enter(Contender.start(plabble(certificates), Loads.PLABBLE_CONNECT, server.address())
                .counting(server));
        contest.enter(Contender.start(cryptography(certificates), Loads.CONNECT_CRYPTOGRAPHY, List.of(), certificates));
    }

    private static void enterTls(Contest contest, String name, String provider, String algorithm) {
        Server server = contest.serve(Server.start(Services.TLS, provider, algorithm));
        contest.enter(Contender.start(name, Loads.TLS_CONNECT, server.address(), provider)
                .counting(server));
    }
}
