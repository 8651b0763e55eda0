package io.plabble.sdk.benchmarks.suite;

import io.plabble.sdk.benchmarks.load.LoadClient;
import io.plabble.sdk.benchmarks.load.Loads;
import io.plabble.sdk.benchmarks.load.Measurement;
import io.plabble.sdk.benchmarks.process.Child;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One of those that are measured in turns: a client process, idle while others are measured.
 *
 * @param counting where handshakes are counted
 */
record Contender(String name, Child client, Optional<Server> counting) implements AutoCloseable {
    private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(5);

    static Contender start(String name, Loads load, List<String> address, Object... arguments) {
        List<String> words = new ArrayList<>(List.of(load.name()));
        words.addAll(address);
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return new Contender(name, Child.java(LoadClient.class, JVM, words), Optional.empty());
    }

    /** The same, and each of its operations must have been a whole handshake to the server: stacks resume without saying so. */
    Contender counting(Server server) {
        return new Contender(name, client, Optional.of(server));
    }

    Measurement measure(int atATime, Duration time) {
        long before = handshakes();
        Measurement measured = Measurement.decode(client.ask("measure " + atATime + " " + time.toMillis()));
        counting.ifPresent(server -> requireHandshakes(server, before + measured.operations()));
        return measured;
    }

    private long handshakes() {
        return counting.map(Server::handshakes).orElse(0L);
    }

    /** The server may hear of the last one a little later than the client. */
    private void requireHandshakes(Server server, long expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (server.handshakes() < expected && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        if (server.handshakes() != expected) {
            throw new IllegalStateException(
                    name + ": " + server.handshakes() + " whole handshakes, instead of " + expected);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
