package io.plabble.samples.cli;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleTimestamp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** When a new certificate is valid. */
final class WindowOptions {
    /**
     * A certificate's window.
     *
     * @param from the first second
     * @param to the last second
     */
    record Window(PlabbleTimestamp from, PlabbleTimestamp to) {}

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(names = "--valid-from", paramLabel = "INSTANT", description = "The first second; now, if not given.")
    private @Nullable Instant from;

    @Option(names = "--valid-to", paramLabel = "INSTANT", description = "The last second.")
    private @Nullable Instant to;

    @Option(names = "--days", paramLabel = "N", description = "How many days it is valid, instead of --valid-to.")
    private @Nullable Integer days;

    /** @param usualDays how long, if nobody says */
    Window window(int usualDays) {
        if (to != null && days != null) {
            throw misused("--valid-to and --days exclude each other");
        }
        if (days != null && days < 1) {
            throw misused("--days: " + days + " is not positive");
        }
        Instant first = from == null ? Instant.now() : from;
        Instant last = to == null ? first.plus(Duration.ofDays(days == null ? usualDays : days)) : to;
        if (last.isBefore(first)) {
            throw misused("--valid-to is before " + (from == null ? "now" : "--valid-from"));
        }
        try {
            return new Window(PlabbleTimestamp.of(first), PlabbleTimestamp.of(last));
        } catch (PlabbleConfigurationException e) {
            throw misused(e.getMessage());
        }
    }

    private ParameterException misused(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
