package io.plabble.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.sdk.test.PlabbleTestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A browser that does not read holds nobody up, and misses nothing. */
class SlowBrowserTest {
    private static final int NOTES = 4000;
    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** More than the system takes for a receiver who does not read. */
    private static final String LONG = "€".repeat(500);

    @TempDir
    private Path directory;

    @Test
    void itIsGivenEverythingOnceWhenItReads() throws IOException {
        try (PlabbleTestServer server = PlabbleTestServer.start();
                RunningService service = RunningService.of(server, directory)) {
            service.post("Ada", "the first").expectStatus().isCreated();
            try (Socket slow = new Socket();
                    OtherWriter writer = new OtherWriter(server, directory)) {
                slow.setReceiveBufferSize(4096);
                slow.setSoTimeout((int) PATIENCE.toMillis());
                slow.connect(new InetSocketAddress("127.0.0.1", service.port()));
                slow.getOutputStream()
                        .write("GET /api/notes/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));

                Mono<Void> writing = notes().concatMap(writer::append).then();
                StepVerifier.create(Mono.zip(service.texts(0).take(NOTES).count(), writing.thenReturn("written")))
                        .expectNextMatches(heard -> heard.getT1() == NOTES)
                        .expectComplete()
                        .verify(PATIENCE);

                assertThat(ids(slow))
                        .isEqualTo(IntStream.rangeClosed(0, NOTES).boxed().toList());
            }
        }
    }

    private static Flux<List<String>> notes() {
        return Flux.range(0, NOTES).map(i -> i + " " + LONG).buffer(BATCH);
    }

    private static List<Integer> ids(Socket socket) throws IOException {
        List<Integer> ids = new ArrayList<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        while (ids.size() <= NOTES) {
            String line = lines.readLine();
            if (line.startsWith("id:")) {
                ids.add(Integer.parseInt(line.substring(3)));
            }
        }
        return ids;
    }
}
