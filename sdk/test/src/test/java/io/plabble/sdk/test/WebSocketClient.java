package io.plabble.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** RFC 6455 frame by frame over a blocking socket; a packet is a binary message. */
final class WebSocketClient implements Packets {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final byte[] MASK = {0x5a, (byte) 0xc3, 0x01, (byte) 0xff};

    private final PlainSocket socket;

    /** After the upgrade. */
    WebSocketClient(PlabbleTestServer server) throws IOException {
        socket = new PlainSocket(server);
        socket.write(upgrade(server.uri().getRawPath()));
        String response = readHead(socket);
        assertThat(response)
                .startsWith("HTTP/1.1 101 ")
                .containsIgnoringCase("\r\nSec-WebSocket-Accept: " + accepted() + "\r\n");
    }

    static byte[] upgrade(String path) {
        return String.join(
                        "\r\n",
                        "GET " + path + " HTTP/1.1",
                        "Host: plabble.test",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: " + Base64.getEncoder().encodeToString(KEY),
                        "Sec-WebSocket-Version: 13",
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Status line and headers. */
    static String readHead(PlainSocket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.read(1)[0]);
        }
        return head.toString();
    }

    /** RFC 6455 §4.2.2. */
    private static String accepted() {
        String key = Base64.getEncoder().encodeToString(KEY) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    void writeFrame(boolean fin, int opcode, byte[] content) throws IOException {
        writeHead(fin, opcode, content.length);
        byte[] masked = content.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % MASK.length];
        }
        socket.write(masked);
    }

    /** Announces so many bytes, which the caller may then fail to send. */
    void writeHead(boolean fin, int opcode, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) ((fin ? FIN : 0) | opcode));
        if (length < 126) {
            head.put((byte) (MASKED | length));
        } else if (length < 65_536) {
            head.put((byte) (MASKED | 126)).putShort((short) length);
        } else {
            head.put((byte) (MASKED | 127)).putLong(length);
        }
        head.put(MASK).flip();
        byte[] bytes = new byte[head.remaining()];
        head.get(bytes);
        socket.write(bytes);
    }

    Frame readFrame() throws IOException {
        byte[] head = socket.read(2);
        assertThat(head[0] & 0x70).as("no extension was agreed on").isZero();
        int length = head[1]; // negative if masked, which a server's frames must not be
        if (length == 126) {
            length = ByteBuffer.wrap(socket.read(2)).getShort() & 0xffff;
        } else if (length == 127) {
            length = Math.toIntExact(ByteBuffer.wrap(socket.read(8)).getLong());
        }
        return new Frame((head[0] & FIN) != 0, head[0] & 0x0f, socket.read(length));
    }

    @Override
    public void writePacket(byte[] packet) throws IOException {
        writeFrame(true, BINARY, packet);
    }

    @Override
    public byte[] readPacket() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        Frame frame = readFrame();
        assertThat(frame.opcode()).isEqualTo(BINARY);
        message.writeBytes(frame.content());
        while (!frame.fin()) {
            frame = readFrame();
            assertThat(frame.opcode()).isEqualTo(CONTINUATION);
            message.writeBytes(frame.content());
        }
        return message.toByteArray();
    }

    @Override
    public byte[] readToEnd() throws IOException {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Frame frame = readFrame();
        while (frame.opcode() != CLOSE) {
            messages.writeBytes(frame.content());
            frame = readFrame();
        }
        socket.expectEnd();
        return messages.toByteArray();
    }

    /** The status in the Close frame (RFC 6455 §7.4). */
    int readCloseStatus() throws IOException {
        Frame close = readFrame();
        assertThat(close.opcode()).isEqualTo(CLOSE);
        socket.expectEnd();
        return ByteBuffer.wrap(close.content()).getShort();
    }

    /** Whether there is nothing before the end of the connection, not even a Close frame. */
    boolean isAtTheEndWithoutACloseFrame() throws IOException {
        return socket.readToEnd().length == 0;
    }

    @Override
    public boolean hasNothingToRead() throws IOException {
        return socket.hasNothingToRead();
    }

    @Override
    public void expectEnd() throws IOException {
        readCloseStatus();
    }

    @Override
    public void expectReset() {
        socket.expectReset();
    }

    /** Without a Close frame. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Frame(boolean fin, int opcode, byte[] content) {}
}
