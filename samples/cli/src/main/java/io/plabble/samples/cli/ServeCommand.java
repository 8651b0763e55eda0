package io.plabble.samples.cli;

import io.plabble.sdk.test.PlabbleTestServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the embedded server until it is told to end. */
@Command(
        name = "serve",
        description = {
            "Run the embedded server until Ctrl-C or SIGTERM.",
            "It is for tests and demos: buckets are kept in memory and gone when it ends."
        })
final class ServeCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private final Output output;

    ServeCommand(Console console) {
        this.output = new Output(console, "listening");
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            output.show(json -> {}, () -> "Listening on " + server.port());
            output.interrupted().block();
        }
        return DONE;
    }
}
