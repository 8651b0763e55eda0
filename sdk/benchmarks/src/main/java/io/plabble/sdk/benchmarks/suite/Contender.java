package io.plabble.sdk.benchmarks.suite;

import io.plabble.sdk.benchmarks.load.LoadClient;
import io.plabble.sdk.benchmarks.load.Loads;
import io.plabble.sdk.benchmarks.load.Measurement;
import io.plabble.sdk.benchmarks.process.Child;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of those that are measured in turns: a client process, idle while others are measured.
 *
 * @param counting where handshakes are counted
 */
record Contender(String name, Child client, Optional<Server> counting) implements AutoCloseable {
    private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g");

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
        if (counting.isPresent() && handshakes() - before != measured.operations()) {
            throw new IllegalStateException(
                    name + ": " + (handshakes() - before) + " handshakes for " + measured.operations() + " connects");
        }
        return measured;
    }

    private long handshakes() {
        return counting.map(Server::handshakes).orElse(0L);
    }

    @Override
    public void close() {
        client.close();
    }
}
