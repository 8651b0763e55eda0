package io.plabble.sdk;

import io.plabble.protocol.crypto.SharedSecret;
import java.net.SocketAddress;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * A connection to a server that has proved its identity, as {@link #authentication()} tells, and the secret that both ends
 * share. It holds a connection until it is closed: close it, or use {@link PlabbleClient#withSession}. Safe for use by
 * several threads.
 */
public interface PlabbleSession extends Disposable {
    /** The 32 bytes that both ends share; erased when the session closes. */
    SharedSecret sharedSecret();

    /** How the server was authenticated. */
    Authentication authentication();

    /** Whether what follows CONNECT is encrypted by Plabble (flag #6); see {@link Encryption} for what that is worth. */
    boolean isEncrypted();

    /** The version of the protocol, 1. */
    int protocolVersion();

    /** The address that the connection goes to. */
    SocketAddress remoteAddress();

    /** On subscription, closes the connection and erases the secret; completes once that is done, and never fails. */
    Mono<Void> close();

    /**
     * Fires once, when the session has ended: completes if this end closed it, and else signals why —
     * {@link PlabbleSessionClosedException} if the peer closed, {@link io.plabble.protocol.PlabbleProtocolException} if it
     * broke the protocol.
     */
    Mono<Void> onClose();

    /** Closes at once, without waiting. */
    @Override
    void dispose();
}
