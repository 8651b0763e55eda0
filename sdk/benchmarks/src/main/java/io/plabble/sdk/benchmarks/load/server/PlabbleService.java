package io.plabble.sdk.benchmarks.load.server;

import io.plabble.sdk.benchmarks.load.PlabbleAddress;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.util.List;
import java.util.stream.IntStream;

/** A Plabble server whose chain has so many certificates. */
final class PlabbleService implements Service {
    private static final int SERVER_AND_ROOT = 2;

    private final PlabbleTestServer server;

    /** @param arguments how many certificates the chain has, from 2 on */
    PlabbleService(List<String> arguments) {
        String[] intermediates = IntStream.range(0, Integer.parseInt(arguments.get(0)) - SERVER_AND_ROOT)
                .mapToObj(number -> "intermediate-" + number + ".plabble.test")
                .toArray(String[]::new);
        server = PlabbleTestServer.builder()
                .certificates(TestCertificates.builder("127.0.0.1")
                        .intermediates(intermediates)
                        .build())
                .start();
    }

    @Override
    public String address() {
        return PlabbleAddress.of(server).encoded();
    }

    /** There is no other kind, and whoever does not answer CONNECT makes the client's load fail. */
    @Override
    public long handshakes() {
        return server.accepted();
    }

    @Override
    public void close() {
        server.close();
    }
}
