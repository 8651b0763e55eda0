package io.plabble.samples.webflux.plabble;

import io.plabble.sdk.SessionsState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How it stands between this service and the Plabble server.
 *
 * @param phase {@code connected}, {@code lost}, …: in lower case, as {@link SessionsState.Phase} has them
 * @param since when it was found or lost
 * @param failure what went wrong last, until there is a new session
 * @param server the one that was verified last
 */
public record Connection(String phase, Instant since, Optional<Cause> failure, Optional<VerifiedServer> server) {
    /** Of {@link Failure}, what a browser is shown. */
    public record Cause(String reason, String message) {}

    static Connection of(SessionsState state, Instant since, Optional<VerifiedServer> server) {
        return new Connection(
                state.phase().name().toLowerCase(Locale.ROOT),
                since,
                state.failure().map(Failure::of).map(failure -> new Cause(failure.reason(), failure.message())),
                server);
    }

    /** What came after it. One attempt after the other is one outage, and who was verified stays known. */
    Connection then(Connection next) {
        return new Connection(
                next.phase, next.isUp() == isUp() ? since : next.since, next.failure, next.server.or(() -> server));
    }

    private boolean isUp() {
        return phase.equals("connected") || phase.equals("renewing");
    }
}
