package io.plabble.sdk;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class BlockHoundTest {
    @Test
    void isAtWorkInTheseTests() {
        StepVerifier.create(Mono.fromCallable(() -> {
                            Thread.sleep(1);
                            return true;
                        })
                        .subscribeOn(Schedulers.parallel()))
                .expectErrorMatches(error ->
                        error instanceof BlockingOperationError || error.getCause() instanceof BlockingOperationError)
                .verify(Duration.ofSeconds(20));
    }
}
