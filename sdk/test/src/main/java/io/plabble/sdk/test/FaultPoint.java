package io.plabble.sdk.test;

/** Where in the CONNECT exchange (§4) a {@link Fault} happens. */
public enum FaultPoint {
    /** A connection was accepted; nothing has been read. */
    ACCEPTED,
    /** The CONNECT request is in; nothing has been answered. */
    REQUEST_RECEIVED,
    /** The answer is made and about to be written. */
    RESPONSE,
    /** The answer has been written. */
    RESPONSE_SENT
}
