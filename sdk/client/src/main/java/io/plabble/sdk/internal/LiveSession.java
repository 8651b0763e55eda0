package io.plabble.sdk.internal;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.sdk.Authentication;
import io.plabble.sdk.PlabbleSession;
import java.net.SocketAddress;
import reactor.core.publisher.Mono;

/** A session over an open connection; the secret lives as long as the connection. */
final class LiveSession implements PlabbleSession {
    private final ConnectionOwner connection;
    private final PacketChannel packets;
    private final SocketAddress remoteAddress;
    private final SharedSecret sharedSecret;
    private final Authentication authentication;
    private final boolean encrypted;

    LiveSession(
            ConnectionOwner connection, SharedSecret sharedSecret, Authentication authentication, boolean encrypted) {
        this.connection = connection;
        this.packets = connection.packets();
        this.remoteAddress = packets.remoteAddress();
        this.sharedSecret = sharedSecret;
        this.authentication = authentication;
        this.encrypted = encrypted;
        connection.eraseOnClose(sharedSecret::destroy);
    }

    @Override
    public SharedSecret sharedSecret() {
        return sharedSecret;
    }

    @Override
    public Authentication authentication() {
        return authentication;
    }

    @Override
    public boolean isEncrypted() {
        return encrypted;
    }

    @Override
    public int protocolVersion() {
        return ConnectRequest.VERSION;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public Mono<Void> close() {
        return connection.close().doOnTerminate(sharedSecret::destroy).doOnCancel(sharedSecret::destroy);
    }

    @Override
    public Mono<Void> onClose() {
        return packets.onClose().onErrorMap(PlabbleException.class, why -> why.locate("session with " + remoteAddress));
    }

    @Override
    public void dispose() {
        connection.closeNow();
        sharedSecret.destroy();
    }

    @Override
    public boolean isDisposed() {
        return connection.isClosed();
    }

    @Override
    public String toString() {
        return "PlabbleSession[remoteAddress=" + remoteAddress + ", authentication="
                + authentication.getClass().getSimpleName() + ", encrypted=" + encrypted + ", closed=" + isDisposed()
                + "]";
    }
}
