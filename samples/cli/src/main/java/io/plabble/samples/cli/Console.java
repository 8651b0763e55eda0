package io.plabble.samples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Help.Ansi;
import reactor.core.publisher.Mono;

/**
 * What a command reads from and writes to.
 *
 * @param help whether help may be coloured
 * @param errors whether what goes to standard error may be coloured, where nobody says otherwise
 * @param interrupted completes when the command is told to end, by Ctrl-C or SIGTERM
 */
record Console(InputStream in, PrintStream out, PrintStream err, Ansi help, Ansi errors, Mono<Void> interrupted) {

    /** The process's own streams, in UTF-8 whatever the locale, so that scripts read the same everywhere. */
    static Console ofProcess(Mono<Void> interrupted) {
        return new Console(
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Terminal.colours(Terminal.STANDARD_OUTPUT),
                Terminal.colours(Terminal.STANDARD_ERROR),
                interrupted);
    }

    /** Streams that are no terminal. */
    static Console of(InputStream in, PrintStream out, PrintStream err, Mono<Void> interrupted) {
        return new Console(in, out, err, Ansi.OFF, Ansi.OFF, interrupted);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
