package io.plabble.sdk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes connections at a free port of the loopback address and passes bytes on, by threads of its own. */
abstract class Forwarder implements AutoCloseable {
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Forwarder() throws IOException {
        run(() -> {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                run(() -> {
                    try (client) {
                        serve(client);
                    } finally {
                        open.remove(client);
                    }
                });
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    /** To be called with {@link #join} where the bytes are to go. */
    abstract void serve(Socket client) throws IOException;

    /** Until one end closes, then both are closed. */
    final void join(Socket client, int port) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            open.add(server);
            run(() -> pump(server, client));
            pump(client, server);
            open.remove(server);
        }
    }

    /** Closes every connection, at both ends. */
    final void closeConnections() throws IOException {
        for (Closeable each : open) {
            each.close();
        }
    }

    private static void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // closed, by one end or by the test
                    }
                },
                "forwarder");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeConnections();
    }
}
