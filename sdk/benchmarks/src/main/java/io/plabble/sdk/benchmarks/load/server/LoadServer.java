package io.plabble.sdk.benchmarks.load.server;

import io.plabble.sdk.benchmarks.process.Commands;
import java.io.IOException;
import java.util.Arrays;

/** The server's process: {@code address}, {@code handshakes}. */
public final class LoadServer {
    private LoadServer() {}

    /** @param arguments a name out of {@link Services}, and what it needs */
    public static void main(String... arguments) throws IOException {
        try (Service service =
                Services.valueOf(arguments[0]).start(Arrays.asList(arguments).subList(1, arguments.length))) {
            Commands commands = command -> switch (command[0]) {
                case "address" -> service.address();
                case "handshakes" -> Long.toString(service.handshakes());
                default -> throw new IllegalArgumentException(command[0]);
            };
            commands.serve();
        }
        System.exit(0); // whoever does not wait for its event loops to end
    }
}
