package io.plabble.samples.cli;

import picocli.CommandLine.Help.Ansi;

/** When the trace is coloured. */
enum Colour {
    AUTO,
    ALWAYS,
    NEVER;

    /** @param terminal what suits the stream */
    Ansi on(Ansi terminal) {
        return switch (this) {
            case AUTO -> terminal;
            case ALWAYS -> Ansi.ON;
            case NEVER -> Ansi.OFF;
        };
    }
}
