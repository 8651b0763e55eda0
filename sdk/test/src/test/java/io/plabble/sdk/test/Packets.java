package io.plabble.sdk.test;

import java.io.IOException;
import java.time.Duration;

/** A client's end of a connection that carries packets (§1), blocking, which waits for the server only so long. */
interface Packets extends AutoCloseable {
    Duration BOUND = Duration.ofSeconds(20);

    /** Over what the server speaks. */
    static Packets connect(PlabbleTestServer server) throws IOException {
        return server.speaksWebSocket() ? new WebSocketClient(server) : new PlainSocket(server);
    }

    void writePacket(byte[] packet) throws IOException;

    /** Without Length. */
    byte[] readPacket() throws IOException;

    /** The bytes of packets, or of what should be some, that are there until the server closes as it should. */
    byte[] readToEnd() throws IOException;

    boolean hasNothingToRead() throws IOException;

    /** The server closes, as each layer of the transport wants it, and sends nothing before. */
    void expectEnd() throws IOException;

    /** The server resets the TCP connection, and sends nothing before. */
    void expectReset();

    @Override
    void close() throws IOException;
}
