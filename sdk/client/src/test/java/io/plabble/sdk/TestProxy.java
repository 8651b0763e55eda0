package io.plabble.sdk;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.netty.transport.ProxyProvider;

/**
 * A proxy on the loopback address, by HTTP CONNECT (RFC 9110, 9.3.6) or SOCKS5 (RFC 1928). Wherever it is asked to go, it goes to
 * the loopback address, and remembers what it was asked.
 */
final class TestProxy extends Forwarder {
    private final ProxyProvider.Proxy type;
    private final boolean refusing;
    final List<String> asked = new CopyOnWriteArrayList<>();

    TestProxy(ProxyProvider.Proxy type, boolean refusing) throws IOException {
        this.type = type;
        this.refusing = refusing;
    }

    PlabbleClient before(PlabbleClient client) {
        return client.tcp(
                tcp -> tcp.proxy(proxy -> proxy.type(type).host("127.0.0.1").port(port())));
    }

    @Override
    void serve(Socket client) throws IOException {
        int port = type == ProxyProvider.Proxy.HTTP ? http(client) : socks(client);
        if (!refusing) {
            join(client, port);
        }
    }

    private int http(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        String target = head.toString().split(" ")[1];
        asked.add(target);
        String answer = refusing ? "HTTP/1.1 403 Forbidden\r\n\r\n" : "HTTP/1.1 200 Connected\r\n\r\n";
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        return Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
    }

    private int socks(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        in.readUnsignedByte();
        in.readNBytes(in.readUnsignedByte());
        client.getOutputStream().write(new byte[] {5, 0});
        in.readNBytes(3);
        byte[] host = in.readNBytes(
                switch (in.readUnsignedByte()) {
                    case 1 -> 4;
                    case 4 -> 16;
                    default -> in.readUnsignedByte();
                });
        int port = in.readUnsignedShort();
        asked.add((host.length == 4 || host.length == 16
                        ? InetAddress.getByAddress(host).getHostAddress()
                        : new String(host, StandardCharsets.US_ASCII))
                + ":" + port);
        client.getOutputStream().write(new byte[] {5, (byte) (refusing ? 2 : 0), 0, 1, 0, 0, 0, 0, 0, 0});
        return port;
    }
}
