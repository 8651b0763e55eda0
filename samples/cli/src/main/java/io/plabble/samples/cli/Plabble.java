package io.plabble.samples.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code plabble} itself: puts its subcommands together and decides what the process exits with. */
@Command(
        name = "plabble",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Talks to Plabble servers and shows what they prove.",
        footer = {"", "Exit codes: 0 done, 1 refused or failed, 2 wrong usage."})
public final class Plabble implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Plabble() {}

    public static void main(String[] arguments) {
        Interruption interruption = new Interruption();
        int status = run(arguments, Console.ofProcess(interruption.signal()));
        interruption.finished(status);
        System.exit(status);
    }

    /** 0 done, 1 refused or failed, 2 wrong usage. */
    static int run(String[] arguments, Console console) {
        return commandLine(console).execute(arguments);
    }

    private static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new Plabble())
                .addSubcommand(new ConnectCommand(console))
                .addSubcommand(new CreateCommand(console))
                .addSubcommand(new PutCommand(console))
                .addSubcommand(new AppendCommand(console))
                .addSubcommand(new ReadCommand(console))
                .addSubcommand(new WipeCommand(console))
                .addSubcommand(new DeleteCommand(console))
                .addSubcommand(new WatchCommand(console))
                .addSubcommand(new ServeCommand(console))
                .addSubcommand(new CommandLine(new CertificateCommand())
                        .addSubcommand(new CertificateRootCommand(console))
                        .addSubcommand(new CertificateIssueCommand(console))
                        .addSubcommand(new CertificateShowCommand(console))
                        .addSubcommand(new CertificateVerifyCommand(console)));
        Arguments.register(line);
        return line.setOut(new PrintWriter(console.out(), true))
                .setErr(new PrintWriter(console.err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.help()))
                // Content may begin with "@"; it is no file of arguments.
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(console.help().enabled())
                .setParameterExceptionHandler((e, arguments) -> Subcommand.misused(e))
                .setExecutionExceptionHandler((e, failed, result) -> Subcommand.failed(failed, e));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
