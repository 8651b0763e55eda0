package io.plabble.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that plays a script, byte by byte, to one client, and keeps to it. */
final class ScriptedServer implements AutoCloseable {
    private static final long BOUND_SECONDS = 20;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Void> played = new CompletableFuture<>();

    /** What to do with the client. */
    interface Script {
        void play(Peer client) throws IOException;
    }

    ScriptedServer(Script script) throws IOException {
        Thread player = new Thread(() -> play(script), "scripted-server");
        player.setDaemon(true);
        player.start();
    }

    private void play(Script script) {
        try (Socket socket = listener.accept()) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
            script.play(new Peer(socket));
            played.complete(null);
        } catch (IOException | RuntimeException | AssertionError e) {
            played.completeExceptionally(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Waits for the end of the script, and throws what went against it. */
    void awaitEnd() throws Exception {
        played.get(BOUND_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** The client's end of the connection. */
    record Peer(Socket socket) {
        void expect(byte[] bytes) throws IOException {
            byte[] received = socket.getInputStream().readNBytes(bytes.length);
            if (!java.util.Arrays.equals(received, bytes)) {
                throw new AssertionError("received " + HexFormat.of().formatHex(received) + " instead of "
                        + HexFormat.of().formatHex(bytes));
            }
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** Waits for the client to close, and refuses anything else that it may send. */
        void expectEnd() throws IOException {
            InputStream in = socket.getInputStream();
            int next = in.read();
            if (next != -1) {
                throw new AssertionError("received 0x" + Integer.toHexString(next) + " instead of the end");
            }
        }
    }
}
