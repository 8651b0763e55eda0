package io.plabble.samples.webflux.plabble;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleSessions;
import io.plabble.sdk.SessionsHealth;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Up while there is a session. It asks for one, so that the first probe of readiness connects before the first user comes. */
@Component
class PlabbleHealthIndicator implements ReactiveHealthIndicator {
    /** Those who probe give up after a second by default. */
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final PlabbleSessions sessions;

    PlabbleHealthIndicator(PlabbleSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Mono<Health> health() {
        return sessions.session()
                .map(session -> Health.up())
                .timeout(
                        PATIENCE,
                        Mono.fromSupplier(() -> down(sessions.health().state().failure())))
                .onErrorResume(PlabbleException.class, failure -> Mono.just(down(Optional.of(failure))))
                .map(health -> details(health, sessions.health()));
    }

    private static Health.Builder down(Optional<PlabbleException> failure) {
        return Health.down()
                .withDetail("reason", failure.map(why -> why.reason().code()).orElse(Reason.TIMEOUT.code()));
    }

    private static Health details(Health.Builder health, SessionsHealth now) {
        return health.withDetail("phase", now.state().phase().name().toLowerCase(Locale.ROOT))
                .withDetail("remainingRequests", now.remainingRequests())
                .withDetail("renewals", now.renewals())
                .withDetail("losses", now.losses())
                .withDetail("failedAttempts", now.failedAttempts())
                .build();
    }
}
