package io.plabble.samples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A command that does something: its call returns once it is done, and everything that it cannot do is an exception. */
interface Subcommand extends Callable<Integer> {
    int DONE = 0;
    int FAILED = 1;
    int MISUSED = 2;

    Output output();

    /** Wrong usage is for people, and goes to standard error whatever the format. */
    static int misused(ParameterException e) {
        CommandLine line = e.getCommandLine();
        line.getErr().println("plabble: " + Text.printable(String.valueOf(e.getMessage())));
        line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return MISUSED;
    }

    static int failed(CommandLine line, Exception e) {
        Subcommand failed = line.getCommand();
        failed.output().failure(e);
        return FAILED;
    }
}
