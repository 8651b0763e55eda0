package io.plabble.sdk;

/**
 * Whether a client asks for Plabble's own encryption of what follows CONNECT (flag #6, §4).
 *
 * <p>Plabble's protection has a known weakness (§7 of the protocol page), with and without encryption: a request and the response with
 * the same counter share their keys. Whoever sees both can forge responses. Neither is a replacement for TLS on an open network: see {@link PlabbleClient#secure()}.
 */
public enum Encryption {
    /** On without TLS, off over TLS. */
    AUTO,
    /** Always asked for. */
    ON,
    /** Never asked for: packets travel in the clear, with a MAC that has the weakness above. */
    OFF
}
