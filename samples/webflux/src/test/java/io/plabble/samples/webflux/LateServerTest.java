package io.plabble.samples.webflux;

import static io.plabble.samples.webflux.RunningService.BOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatus;
import reactor.test.StepVerifier;

/** The service may be there before its server. */
class LateServerTest {
    @Test
    void whoLookedOnBeforeTheServerCameHearsTheNotesThen(@TempDir Path directory) {
        try (PlabbleTestServer server = PlabbleTestServer.builder()
                        .fault(FaultPoint.ACCEPTED, Fault.close())
                        .start();
                RunningService service = RunningService.of(server, directory, "--plabble.wait-timeout=2s")) {
            StepVerifier.create(service.events(-1))
                    .expectNextCount(1)
                    .then(() ->
                            service.post("Ada", "too early").expectStatus().isEqualTo(HttpStatus.SERVICE_UNAVAILABLE))
                    .then(server::clearFaults)
                    .then(() -> service.post("Ada", "in time").expectStatus().isCreated())
                    .thenConsumeWhile(event -> !"note".equals(event.event()))
                    .assertNext(event -> assertThat(event.data()).containsEntry("text", "in time"))
                    .thenCancel()
                    .verify(BOUND);
        }
    }
}
