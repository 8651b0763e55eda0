package io.plabble.samples.webflux.board;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Up once the bucket has been found or created. */
@Component
class BoardHealthIndicator implements ReactiveHealthIndicator {
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final BoardBucket bucket;

    BoardHealthIndicator(BoardBucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public Mono<Health> health() {
        return bucket.get()
                .map(opened -> Health.up().build())
                .timeout(PATIENCE)
                .onErrorResume(failure -> Mono.just(Health.down().build()));
    }
}
