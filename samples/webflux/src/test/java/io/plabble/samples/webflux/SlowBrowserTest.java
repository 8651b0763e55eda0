package io.plabble.samples.webflux;

import static io.plabble.samples.webflux.RunningService.BOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.sdk.test.PlabbleTestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/** A browser that does not read holds nobody up, and misses nothing. */
class SlowBrowserTest {
    private static final int NOTES = 4000;
    private static final int BATCH = 100;
    private static final List<Integer> ALL =
            IntStream.rangeClosed(0, NOTES).boxed().toList();

    /** More than the system takes for a receiver who does not read. */
    private static final String LONG = "€".repeat(500);

    @TempDir
    private Path directory;

    @Test
    void itIsGivenEverythingOnceWhenItReads() throws IOException {
        try (PlabbleTestServer server = PlabbleTestServer.start();
                RunningService service = RunningService.of(server, directory)) {
            service.post("Ada", "the first").expectStatus().isCreated();
            Disposable writing = Disposables.disposed();
            try (OtherWriter writer = new OtherWriter(server, directory);
                    Socket slow = stream(service.port());
                    Socket quick = stream(service.port())) {
                writing = notes().concatMap(writer::append).then().subscribe();

                assertThat(ids(quick)).isEqualTo(ALL);
                assertThat(ids(slow)).isEqualTo(ALL);
            } finally {
                writing.dispose();
            }
        }
    }

    private static Socket stream(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout((int) BOUND.toMillis());
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream()
                .write("GET /api/notes/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
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
