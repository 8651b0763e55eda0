package io.plabble.samples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import reactor.core.publisher.Mono;

/** Connects, tells what the server has proved, and closes. */
@Command(name = "connect", description = "Connect to a server, verify it, and tell what it has proved.")
final class ConnectCommand implements Subcommand {
    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final Output output;

    ConnectCommand(Console console) {
        this.output = new Output(console, "connected");
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        Remote remote = connection.remote(output);
        long start = System.nanoTime();
        remote.withSession(session -> Mono.fromSupplier(
                        () -> Connected.to(connection.endpoint(), session, System.nanoTime() - start)))
                .doOnNext(connected -> output.show(connected::describe, connected::text))
                .blockLast();
        return DONE;
    }
}
