package io.plabble.samples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** Whether one of the process's streams is a terminal that likes colours. */
final class Terminal {
    static final int STANDARD_OUTPUT = 1;
    static final int STANDARD_ERROR = 2;

    private Terminal() {}

    /**
     * Picocli knows NO_COLOR and its kin, but asks for the console as a whole; where the system tells, each stream is asked by
     * itself, so that {@code 2>trace.txt} gets no escapes.
     */
    static Ansi colours(int descriptor) {
        return Ansi.AUTO.enabled() && mayBeTerminal(Path.of("/proc/self/fd/" + descriptor)) ? Ansi.ON : Ansi.OFF;
    }

    private static boolean mayBeTerminal(Path link) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return true; // another system: picocli's word counts
        }
    }
}
