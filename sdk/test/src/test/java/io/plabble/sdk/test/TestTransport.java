package io.plabble.sdk.test;

/** Each of the transports of §1. */
enum TestTransport {
    TCP,
    TLS,
    WEB_SOCKET,
    SECURE_WEB_SOCKET;

    PlabbleTestServer.Builder builder() {
        PlabbleTestServer.Builder builder = PlabbleTestServer.builder();
        if (this == TLS || this == SECURE_WEB_SOCKET) {
            builder.tls();
        }
        return isWebSocket() ? builder.webSocket("/plabble") : builder;
    }

    PlabbleTestServer start() {
        return builder().start();
    }

    boolean isWebSocket() {
        return this == WEB_SOCKET || this == SECURE_WEB_SOCKET;
    }

    /** A packet as faults give the server its bytes: with Length in a stream only. */
    byte[] wire(int... packet) {
        byte[] bytes = new byte[packet.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) packet[i];
        }
        return isWebSocket() ? bytes : PlainSocket.framed(bytes);
    }
}
