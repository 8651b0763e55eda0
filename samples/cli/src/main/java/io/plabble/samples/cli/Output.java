package io.plabble.samples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** How a command tells its results: lines for people, or one JSON object per line. */
final class Output {
    private final Console console;
    private final String outcome;

    @Option(names = "--json", description = "Answer in JSON, one object per line.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private boolean verbose;

    Output(Console console) {
        this(console, "ok");
    }

    /** @param outcome the JSON field that tells whether it was done */
    Output(Console console, String outcome) {
        this.console = console;
        this.outcome = outcome;
    }

    @Option(names = "--verbose", description = "Log to standard error, and show stack traces.")
    private void verbose(boolean on) {
        verbose = on;
        if (on) {
            Logging.verbose();
        }
    }

    /** A result, for whichever reader there is. */
    void show(Consumer<ObjectNode> fields, Supplier<String> text) {
        if (json) {
            object(fields);
        } else {
            out().println(text.get());
        }
    }

    /** A result that people need not be told. */
    void showJson(Consumer<ObjectNode> fields) {
        if (json) {
            object(fields);
        }
    }

    private void object(Consumer<ObjectNode> fields) {
        ObjectNode object = Json.object().put(outcome, true);
        fields.accept(object);
        out().println(Json.line(object));
    }

    /** Something besides the result that people should know. */
    void note(String text) {
        console.err().println("plabble: " + text);
    }

    void failure(Exception e) {
        Failure failure = Failure.of(e);
        if (json) {
            ObjectNode object = Json.object().put(outcome, false);
            failure.describe(object);
            out().println(Json.line(object));
        } else {
            note(failure.reason() + ": " + Text.printable(failure.message()));
        }
        if (verbose) {
            e.printStackTrace(console.err());
        }
    }

    /** Whether nobody reads standard output any more, as in {@code plabble watch … | head -1}. */
    boolean isClosed() {
        return out().checkError();
    }

    boolean isJson() {
        return json;
    }

    InputStream in() {
        return console.in();
    }

    PrintStream out() {
        return console.out();
    }

    PrintStream err() {
        return console.err();
    }

    /** What suits standard error. */
    Ansi colours() {
        return console.errors();
    }

    Mono<Void> interrupted() {
        return console.interrupted();
    }
}
