package io.plabble.sdk.test;

/** Where in a connection a {@link Fault} happens: in its CONNECT exchange (§4), or in what follows it (§8). */
public enum FaultPoint {
    /**
     * A TCP connection was accepted; nothing has been read. TLS and the upgrade to WebSocket come after it: what is sent here is
     * sent on TCP as it is, and what is silent here answers neither.
     */
    ACCEPTED,
    /** The CONNECT request is in; nothing has been answered. */
    CONNECT_RECEIVED,
    /** The answer to CONNECT is made and about to be written. */
    CONNECT_ANSWER,
    /** The answer to CONNECT has been written. */
    CONNECT_ANSWER_SENT,
    /** A request after CONNECT is in; nothing has been done about it. */
    REQUEST_RECEIVED,
    /** A request after CONNECT was carried out, or refused; its answer is about to be written. */
    ANSWER,
    /** The answer to a request after CONNECT has been written. */
    ANSWER_SENT,
    /** An update is about to be written to a subscriber. */
    UPDATE
}
