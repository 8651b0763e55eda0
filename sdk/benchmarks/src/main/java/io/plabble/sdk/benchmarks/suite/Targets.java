package io.plabble.sdk.benchmarks.suite;

import static io.plabble.sdk.benchmarks.suite.Target.atLeast;
import static io.plabble.sdk.benchmarks.suite.Target.atMost;

import io.plabble.sdk.Encryption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The project's goals, and what a run says about them; as a program, of a file with results. */
final class Targets {
    private static final int KIBI = 1024;
    private static final int PER_CONNECT = 10 * KIBI;
    private static final int PER_SESSION = 6 * KIBI;

    private final Results results;
    private final List<Target> targets = new ArrayList<>();

    private Targets(Results results) {
        this.results = results;
        connects();
        chains();
        requests(Requests.SMALL);
        requests(Requests.LARGER);
        bulk();
        memory();
    }

    /** @param arguments a file that the suite has written */
    public static void main(String... arguments) throws IOException {
        report(Results.read(Path.of(arguments[0])));
    }

    /** Prints a Markdown table. */
    static void report(Results results) {
        System.out.println("| figure | median | of the rounds | goal | reached |");
        System.out.println("| --- | --- | --- | --- | --- |");
        new Targets(results)
                .targets.stream()
                        .filter(target -> !target.figure().isEmpty())
                        .map(Target::row)
                        .forEach(System.out::println);
    }

    private void connects() {
        for (int many : List.of(Connects.FEW, Connects.MANY)) {
            for (int certificates : List.of(Connects.SHORT_CHAIN, Connects.LONG_CHAIN)) {
                targets.add(atMost(
                        1.15,
                        "connect, chain of " + certificates + ", " + many + " at a time: CPU / (cryptography + TCP)",
                        connect(Connects.plabble(certificates), many, "cpu us")
                                .over(connectFloor(certificates, many, "cpu us"))));
            }
        }
        String plabble = Connects.plabble(Connects.SHORT_CHAIN);
        tls(5, plabble, Connects.TLS_JDK);
        tls(1.3, plabble, Connects.TLS_OPENSSL);
    }

    private void tls(double bound, String plabble, String tls) {
        targets.add(atLeast(
                bound,
                "connects per second of CPU / those of " + tls,
                connect(tls, Connects.MANY, "cpu us").over(connect(plabble, Connects.MANY, "cpu us"))));
        targets.add(atMost(
                1,
                "p99 of a connect / that of " + tls,
                connect(plabble, Connects.MANY, "p99 us").over(connect(tls, Connects.MANY, "p99 us"))));
    }

    private void chains() {
        int further = Connects.LONG_CHAIN - Connects.SHORT_CHAIN;
        targets.add(atMost(
                1.1, // one verification and nothing else, give or take the noise
                "CPU of a further certificate / one verification",
                further(Connects.plabble(Connects.LONG_CHAIN), Connects.plabble(Connects.SHORT_CHAIN))
                        .over(further)
                        .over(further(
                                        Connects.cryptography(Connects.LONG_CHAIN),
                                        Connects.cryptography(Connects.SHORT_CHAIN))
                                .over(further))));
    }

    private Series further(String longChain, String shortChain) {
        return connect(longChain, Connects.MANY, "cpu us").minus(connect(shortChain, Connects.MANY, "cpu us"));
    }

    private Series connect(String subject, int many, String measure) {
        return results.series(Connects.NAME, subject, Integer.toString(many), measure);
    }

    private Series connectFloor(int certificates, int many, String measure) {
        return connect(Connects.cryptography(certificates), many, measure).plus(connect(Connects.TCP, many, measure));
    }

    private void requests(int bytes) {
        String of = "read of " + bytes + " B, 256 deep, ";
        rate(bytes, 2, of, Encryption.OFF, Requests.LETTUCE);
        rate(bytes, 0.6, of, Encryption.OFF, Requests.RSOCKET);
        rate(bytes, 1.5, of, Encryption.ON, Requests.LETTUCE);
        for (Encryption mode : List.of(Encryption.OFF, Encryption.ON)) {
            for (int depth : Requests.DEPTHS) {
                targets.add(atMost(
                        1.3,
                        "read of " + bytes + " B, " + depth + " deep, " + name(mode) + ": CPU / (cryptography + echo)",
                        request(bytes, Requests.reads(mode), depth, "cpu us").over(requestFloor(bytes, mode, depth))));
            }
        }
    }

    private void rate(int bytes, double bound, String of, Encryption mode, String peer) {
        Series ours = request(bytes, Requests.reads(mode), Requests.DEEP, "rate per s");
        targets.add(atLeast(
                bound,
                of + name(mode) + ": rate / " + peer + "'s",
                ours.over(request(bytes, peer, Requests.DEEP, "rate per s"))));
        targets.add(atLeast(
                bound,
                of + name(mode) + ": requests per second of CPU / " + peer + "'s",
                request(bytes, peer, Requests.DEEP, "cpu us")
                        .over(request(bytes, Requests.reads(mode), Requests.DEEP, "cpu us"))));
    }

    private static String name(Encryption mode) {
        return mode == Encryption.ON ? "encrypted" : "MAC";
    }

    private Series request(int bytes, String subject, int depth, String measure) {
        return results.series(Requests.experiment(bytes), subject, Integer.toString(depth), measure);
    }

    private Series requestFloor(int bytes, Encryption mode, int depth) {
        return request(bytes, Requests.cryptography(mode), depth, "cpu us")
                .plus(request(bytes, Requests.ECHO, depth, "cpu us"));
    }

    private void bulk() {
        for (String direction : List.of(Bulk.READ, Bulk.WRITE)) {
            targets.add(atLeast(
                    0.8,
                    "bulk, 1 MiB, " + direction + ": rate / the AEAD's",
                    bulk(direction, "rate per s").over(bulk(Bulk.AEAD, "rate per s"))));
            targets.add(atLeast(
                    0.8,
                    "bulk, 1 MiB, " + direction + ": mebibytes per second of CPU / the AEAD's",
                    bulk(Bulk.AEAD, "cpu us").over(bulk(direction, "cpu us"))));
        }
    }

    private Series bulk(String subject, String measure) {
        return results.series(Bulk.NAME, subject, Integer.toString(Bulk.AT_A_TIME), measure);
    }

    private void memory() {
        String allocated = "allocated bytes";
        targets.add(atMost(
                PER_CONNECT,
                "bytes allocated per connect beyond cryptography and TCP",
                connect(Connects.plabble(Connects.SHORT_CHAIN), Connects.MANY, allocated)
                        .minus(connectFloor(Connects.SHORT_CHAIN, Connects.MANY, allocated))));
        for (Encryption mode : List.of(Encryption.OFF, Encryption.ON)) {
            targets.add(atMost(
                    KIBI,
                    "bytes allocated per read of 64 B beyond the primitives, " + name(mode),
                    request(Requests.SMALL, Requests.reads(mode), Requests.DEEP, allocated)
                            .minus(request(Requests.SMALL, Requests.cryptography(mode), Requests.DEEP, allocated))));
        }
        targets.add(atMost(
                PER_SESSION,
                "bytes of heap per idle session, 10,000 held",
                results.series(
                        IdleSessions.NAME, IdleSessions.SUBJECT, Integer.toString(IdleSessions.MOST), "heap bytes")));
    }
}
