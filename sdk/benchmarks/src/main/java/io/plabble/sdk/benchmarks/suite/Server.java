package io.plabble.sdk.benchmarks.suite;

import io.plabble.sdk.benchmarks.load.server.LoadServer;
import io.plabble.sdk.benchmarks.load.server.Services;
import io.plabble.sdk.benchmarks.process.Child;
import java.util.List;
import java.util.stream.Stream;

/** A server in a JVM of its own. */
final class Server implements AutoCloseable {
    private static final List<String> JVM = List.of("-Xms512m", "-Xmx2g");

    private final Child process;

    private Server(Child process) {
        this.process = process;
    }

    static Server start(Services service, String... arguments) {
        return new Server(Child.java(
                LoadServer.class,
                JVM,
                Stream.concat(Stream.of(service.name()), Stream.of(arguments)).toList()));
    }

    /** What its clients have to know. */
    List<String> address() {
        return List.of(process.ask("address").split(" "));
    }

    /** Whole ones, since it began. */
    long handshakes() {
        return Long.parseLong(process.ask("handshakes"));
    }

    @Override
    public void close() {
        process.close();
    }
}
