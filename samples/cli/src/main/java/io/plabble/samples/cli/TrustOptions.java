package io.plabble.samples.cli;

import io.plabble.protocol.certificate.TrustStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose certificates are trusted (§5), and when. */
final class TrustOptions {
    private static final Duration LARGEST_CLOCK_SKEW = Duration.ofMinutes(5);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            preprocessor = SeveralValues.class,
            description = "Trust these root certificates (PEM). May be given several times.")
    private List<Path> roots = List.of();

    @Option(
            names = "--intermediate",
            paramLabel = "FILE",
            preprocessor = SeveralValues.class,
            description = "Let these intermediate certificates (PEM) issue for any name.")
    private List<Path> intermediates = List.of();

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "Verify as of this time, such as 2026-11-25T12:00:00Z, and not as of now.")
    private @Nullable Instant at;

    @Option(
            names = "--clock-skew",
            paramLabel = "DURATION",
            defaultValue = "0s",
            description = "How far a certificate's window may be missed, at most 5m; ${DEFAULT-VALUE} if not given.")
    private Duration clockSkew = Duration.ZERO;

    boolean isGiven() {
        if (roots.isEmpty() && !intermediates.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--intermediate needs --trust: a chain ends in a root");
        }
        return !roots.isEmpty();
    }

    /** Reads the files, and so blocks. */
    TrustStore store() {
        TrustStore trusted = TrustStore.roots(roots.toArray(Path[]::new));
        return intermediates.isEmpty() ? trusted : trusted.withIntermediates(intermediates.toArray(Path[]::new));
    }

    Clock clock() {
        return at == null ? Clock.systemUTC() : Clock.fixed(at, ZoneOffset.UTC);
    }

    Duration clockSkew() {
        if (clockSkew.isNegative() || clockSkew.compareTo(LARGEST_CLOCK_SKEW) > 0) {
            throw new ParameterException(command.commandLine(), "--clock-skew: at most 5m");
        }
        return clockSkew;
    }
}
