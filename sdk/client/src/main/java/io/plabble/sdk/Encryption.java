package io.plabble.sdk;

/**
 * Whether a client asks for Plabble's own encryption of what follows CONNECT (flag #6, §4).
 *
 * <p>Plabble's encryption has a known weakness (§7 of the protocol page): a request and the response with the same counter
 * share keys and nonce. It is no replacement for TLS on an open network.
 */
public enum Encryption {
    /** On over plain TCP. */
    AUTO,
    /** Always asked for. */
    ON,
    /** Never asked for: packets are authenticated, but travel in the clear. */
    OFF
}
