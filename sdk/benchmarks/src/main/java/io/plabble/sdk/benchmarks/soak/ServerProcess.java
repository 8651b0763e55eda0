package io.plabble.sdk.benchmarks.soak;

import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.benchmarks.load.PlabbleAddress;
import io.plabble.sdk.benchmarks.process.Child;
import io.plabble.sdk.benchmarks.process.Footprint;
import java.util.List;

/** A {@link SoakServer} in a process of its own, which ends when its standard input does. */
final class ServerProcess implements AutoCloseable {
    private final Child process = Child.java(SoakServer.class, List.of("-Xmx1g"), List.of());

    /** A client that trusts the server. */
    PlabbleClient client() {
        return PlabbleAddress.decode(List.of(process.ask("address").split(" "))).client();
    }

    Footprint footprint() {
        return Footprint.decode(process.ask("footprint"));
    }

    /** The next connection meets this. */
    void prepare(Mishap mishap, long seed) {
        process.ask("mishap " + mishap + " " + seed);
    }

    /** Waits until every connection has been closed. */
    void awaitIdle() {
        process.ask("idle");
    }

    @Override
    public void close() {
        process.close();
    }
}
