package io.plabble.sdk;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The server's end of a WebSocket connection (RFC 6455), frame by frame, so that frames can be wrong. */
final class WebSocketPeer {
    static final int FINAL = 0x80;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ScriptedServer.Peer client;
    private final DataInputStream in;

    WebSocketPeer(ScriptedServer.Peer client) throws IOException {
        this.client = client;
        this.in = new DataInputStream(client.socket().getInputStream());
    }

    /** The head of the HTTP request, line by line. */
    List<String> request() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString().lines().filter(line -> !line.isEmpty()).toList();
    }

    /** Agrees to the upgrade; returns the head of its request. */
    List<String> upgrade() throws IOException {
        List<String> request = request();
        agree(request);
        return request;
    }

    void agree(List<String> request) throws IOException {
        String key = header(request, "sec-websocket-key").findFirst().orElseThrow();
        answer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accept(key) + "\r\n\r\n");
    }

    static Stream<String> header(List<String> head, String name) {
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip());
    }

    void answer(String head) throws IOException {
        client.send(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param first final bit and opcode */
    void send(int first, byte... payload) throws IOException {
        client.send(frame(first, payload.length, payload));
    }

    void sendRaw(byte[] frames) throws IOException {
        client.send(frames);
    }

    /** Announces so much, whatever comes. */
    static byte[] frame(int first, long announced, byte... payload) {
        ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) first);
        if (announced < 126) {
            frame.put((byte) announced);
        } else if (announced < 65_536) {
            frame.put((byte) 126).putShort((short) announced);
        } else {
            frame.put((byte) 127).putLong(announced);
        }
        byte[] bytes = new byte[frame.put(payload).flip().limit()];
        frame.get(bytes);
        return bytes;
    }

    /** The payload of the next frame, which has to be this one, whole and masked. */
    byte[] receive(int opcode) throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        if (first != (FINAL | opcode) || (second & 0x80) == 0) {
            throw new AssertionError("received a frame that begins with " + Integer.toHexString(first) + " "
                    + Integer.toHexString(second));
        }
        int length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }
}
