package io.plabble.sdk.benchmarks.soak;

import io.plabble.sdk.benchmarks.process.Footprint;

/** The two processes' footprints at a moment. */
record Both(Footprint client, Footprint server) {
    static Both take(ServerProcess server) {
        return new Both(Footprint.take(), server.footprint());
    }

    boolean isBackAt(Both beginning) {
        return client.isBackAt(beginning.client) && server.isBackAt(beginning.server);
    }

    void report(String when) {
        System.out.println(when + ":");
        System.out.println("  client " + client);
        System.out.println("  server " + server);
    }
}
