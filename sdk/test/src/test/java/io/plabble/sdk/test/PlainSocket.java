package io.plabble.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.plabble.protocol.internal.frame.DynamicLength;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/** Packets over a blocking socket, which waits for the server only so long. */
final class PlainSocket implements AutoCloseable {
    static final Duration BOUND = Duration.ofSeconds(20);

    private final Socket socket;

    PlainSocket(PlabbleTestServer server) throws IOException {
        socket = new Socket(server.host(), server.port());
        socket.setSoTimeout((int) BOUND.toMillis());
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Puts the Length in front. */
    void writePacket(byte[] packet) throws IOException {
        ByteBuf wire = Unpooled.buffer();
        DynamicLength.write(packet.length, wire);
        wire.writeBytes(packet);
        byte[] bytes = new byte[wire.readableBytes()];
        wire.readBytes(bytes);
        write(bytes);
    }

    byte[] read(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        assertThat(bytes).hasSize(length);
        return bytes;
    }

    /** Without Length. */
    byte[] readPacket() throws IOException {
        ByteBuf prefix = Unpooled.buffer();
        int length = DynamicLength.INCOMPLETE;
        while (length == DynamicLength.INCOMPLETE) {
            prefix.writeByte(read(1)[0]);
            length = DynamicLength.read(prefix);
        }
        return read(length);
    }

    /** The bytes that are there until the server closes. */
    byte[] readToEnd() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    boolean hasNothingToRead() throws IOException {
        return socket.getInputStream().available() == 0;
    }

    void expectEnd() throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    void expectReset() {
        assertThatThrownBy(
                        () -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
