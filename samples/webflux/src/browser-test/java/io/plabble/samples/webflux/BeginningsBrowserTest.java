package io.plabble.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page makes of a service that begins: before its server is there, or with another board than the page shows. */
class BeginningsBrowserTest {
    private static BoardPage page;

    @BeforeAll
    static void start() {
        page = new BoardPage();
    }

    @AfterAll
    static void stop() {
        page.close();
    }

    @Test
    void aBoardIsCalledEmptyOnceItHasBeenRead(@TempDir Path directory) {
        try (PlabbleTestServer server = PlabbleTestServer.builder()
                        .fault(FaultPoint.ACCEPTED, Fault.close())
                        .start();
                RunningService service = RunningService.of(server, directory)) {
            page.open("http://127.0.0.1:" + service.port());
            page.eventually(() -> assertThat(page.status()).startsWith("The service did not reach Plabble at "));
            assertThat(page.isShown("looking")).isTrue();
            assertThat(page.isShown("empty")).isFalse();

            server.clearFaults();
            page.eventually(() -> assertThat(page.isShown("empty")).isTrue());
            assertThat(page.isShown("looking")).isFalse();
        }
    }

    @Test
    void whoHasScrolledDownIsShownTheNewBoardOfAServiceThatBeginsAnew(@TempDir Path one, @TempDir Path another) {
        try (PlabbleTestServer server = PlabbleTestServer.start();
                Cable cable = new Cable()) {
            try (RunningService service = RunningService.of(server, one)) {
                service.post("Ada", "long\n".repeat(99)).expectStatus().isCreated();
                cable.leadTo(service.port());
                page.load("http://127.0.0.1:" + cable.port());
                page.eventually(() -> assertThat(page.notes()).hasSize(1));
                page.run("scrollTo(0, document.documentElement.scrollHeight)");
                service.post("Ada", "above").expectStatus().isCreated();
                page.eventually(() -> assertThat(page.text("fresh")).isEqualTo("1 new note above"));
            }
            try (RunningService service = RunningService.of(server, another)) {
                cable.leadTo(service.port());
                page.eventually(() -> assertThat(page.isShown("empty")).isTrue());
                assertThat(page.notes()).isEmpty();
                assertThat(page.isShown("fresh")).isFalse();

                service.post("Ada", "of the new board").expectStatus().isCreated();
                page.eventually(() -> assertThat(page.notes()).containsExactly("of the new board"));
                assertThat(page.isShown("fresh")).isFalse();
            }
        }
    }
}
