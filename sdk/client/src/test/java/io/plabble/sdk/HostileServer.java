package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.sdk.hostile.Parties;
import io.plabble.sdk.hostile.Row.Then;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A server that plays one part after the other, each to the next client, and sees how each client ends the connection. */
final class HostileServer implements AutoCloseable {
    private static final int BOUND_MILLIS = 20_000;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger unexpected = new AtomicInteger();
    private final AtomicReference<Part> next = new AtomicReference<>();

    HostileServer() throws IOException {
        Thread player = new Thread(this::play, "hostile-server");
        player.setDaemon(true);
        player.start();
    }

    /** What to do with one client. */
    static final class Part {
        private static final int REQUEST_LENGTH = 35;

        private final byte[] answer;
        private final Then then;
        private final boolean asked;
        private final CompletableFuture<Void> played = new CompletableFuture<>();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        /** @param asked whether the request is awaited before anything is done */
        Part(byte[] answer, Then then, boolean asked) {
            this.answer = answer;
            this.then = then;
            this.asked = asked;
        }

        private void play(Socket socket) throws IOException {
            if (asked) {
                byte[] received = socket.getInputStream().readNBytes(REQUEST_LENGTH);
                assertThat(received).as("the request").matches(Parties::isRequest);
            }
            socket.getOutputStream().write(answer);
            played.complete(null);
            switch (then) {
                case STAYS -> awaitEnd(socket);
                case CLOSES -> {
                    socket.shutdownOutput();
                    awaitEnd(socket);
                }
                case RESETS -> socket.setSoLinger(true, 0);
            }
        }

        private void awaitEnd(Socket socket) throws IOException {
            try {
                byte[] rest = socket.getInputStream().readAllBytes();
                assertThat(rest).hasSizeLessThanOrEqualTo(asked ? 0 : REQUEST_LENGTH);
            } catch (SocketException reset) {
                // An end as well: the client had not read everything when it closed.
            }
        }

        /** Waits until the request is in and the answer out. */
        void awaitPlayed() throws Exception {
            played.get(BOUND_MILLIS, TimeUnit.MILLISECONDS);
        }

        /** Waits until the client has closed the connection, and throws what else it did. */
        void awaitClosed() throws Exception {
            closed.get(BOUND_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void play() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                Part part = next.getAndSet(null);
                if (part == null) {
                    unexpected.incrementAndGet();
                } else {
                    socket.setSoTimeout(BOUND_MILLIS);
                    play(part, socket);
                }
            } catch (IOException closed) {
                // The listener, by the test.
            }
        }
    }

    private static void play(Part part, Socket socket) {
        try {
            part.play(socket);
            socket.close();
            part.closed.complete(null);
        } catch (IOException | RuntimeException | AssertionError e) {
            part.played.completeExceptionally(e);
            part.closed.completeExceptionally(e);
        }
    }

    /** For the next client, and for no other. */
    void plays(Part part) {
        next.set(part);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many clients have come for whom there was no part to play, ever since. */
    int unexpected() {
        return unexpected.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
