package io.plabble.sdk.benchmarks.soak;

import io.plabble.sdk.benchmarks.load.PlabbleAddress;
import io.plabble.sdk.benchmarks.process.Commands;
import io.plabble.sdk.benchmarks.process.Footprint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The server's process: does what it reads on its standard input, a line each, and answers with a line each. */
final class SoakServer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 100_000;

    private SoakServer() {}

    public static void main(String... arguments) throws IOException {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            Commands commands = command -> answer(server, command);
            commands.serve();
        }
    }

    private static String answer(PlabbleTestServer server, String... command) {
        switch (command[0]) {
            case "address":
                return PlabbleAddress.of(server).encoded();
            case "footprint":
                return Footprint.take().encoded();
            case "mishap":
                awaitIdle(server); // else what is still to be done about the last connection might meet this mishap
                Mishap.valueOf(command[1]).befall(server, Long.parseLong(command[2]));
                return "done";
            case "idle":
                awaitIdle(server);
                return "done";
            default:
                throw new IllegalArgumentException(command[0]);
        }
    }

    /** Until every connection is closed. */
    private static void awaitIdle(PlabbleTestServer server) {
        long start = System.nanoTime();
        while (server.openConnections() > 0) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException(server.openConnections() + " connections are left");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
