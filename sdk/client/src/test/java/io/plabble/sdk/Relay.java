package io.plabble.sdk;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in front of servers that come and go: its port stays, so that no test has to get a port back. */
final class Relay extends Forwarder {
    private static final int NOBODY = 0;

    /** How many connections have come. */
    final AtomicInteger accepted = new AtomicInteger();

    private volatile int target = NOBODY;

    Relay() throws IOException {}

    /** From now on, connections go to the server with this port. */
    void to(int port) {
        target = port;
    }

    /** From now on, connections are closed as soon as they come; those that there are go on. */
    void toNobody() {
        target = NOBODY;
    }

    @Override
    void serve(Socket client) throws IOException {
        accepted.incrementAndGet();
        int port = target;
        if (port != NOBODY) {
            join(client, port);
        }
    }
}
