package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class WarmupTest extends SessionFixture {
    @Test
    void completesAndOpensNoConnection() {
        PlabbleClient client = client();
        done(client.warmup().then(client.warmup()));
        assertThat(server.accepted()).isZero();
    }

    @Test
    void isColdAndLeavesTheClientAsItWas() {
        AtomicInteger steps = new AtomicInteger();
        PlabbleClient client = client().encryption(Encryption.ON).doOnStep(progress -> steps.incrementAndGet());
        Mono<Void> warmup = client.warmup();
        assertThat(steps).hasValue(0);
        StepVerifier.create(warmup.thenMany(client.withSession(session -> Mono.just(session.isEncrypted()))))
                .expectNext(true)
                .expectComplete()
                .verify(BOUND);
        assertThat(steps).hasValue(7 + (transport.isSecured() ? 1 : 0) + (transport.isWebSocket() ? 1 : 0));
    }
}
