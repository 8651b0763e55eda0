package io.plabble.protocol;

import java.util.Locale;

/**
 * Why something failed: the stable names of §11 of the protocol page. Every {@link PlabbleException} carries one; tell
 * failures apart by it, not by messages.
 */
public enum Reason {
    /** A setting or an argument is wrong; nothing was sent, unless the clock or the step listener failed while connecting. */
    CONFIGURATION,
    /** The name look-up found no address. */
    UNKNOWN_HOST,
    /** Nobody listens at the address. */
    CONNECTION_REFUSED,
    /** No connection came about, for another cause. */
    CONNECTION_FAILED,
    /** The TLS handshake or its certificate failed. */
    TLS_FAILED,
    /** A deadline passed. */
    TIMEOUT,
    /** The peer closed or reset the connection before or between packets. */
    CONNECTION_CLOSED,
    /** The stream ended inside a packet. */
    TRUNCATED,
    /** Bytes that break the protocol's form, reserved types or flags, a wrong type or Counter. */
    MALFORMED,
    /** A packet above the receiver's limit. */
    PACKET_TOO_LARGE,
    /** The server answered with an ERROR packet. */
    ERROR_RESPONSE,
    /** A certificate chain was asked for and none came. */
    CERTIFICATE_MISSING,
    /** More certificates than allowed. */
    CHAIN_TOO_LONG,
    /** The last certificate is no trusted root with this key and this name. */
    UNTRUSTED_ROOT,
    /** A certificate is not signed by the next one's key, or the last not by its own. */
    CHAIN_SIGNATURE_INVALID,
    /** An intermediate has no right to issue for the name below it (D8). */
    ISSUER_NOT_AUTHORISED,
    /** A certificate's window begins later. */
    CERTIFICATE_NOT_YET_VALID,
    /** A certificate's window ended earlier. */
    CERTIFICATE_EXPIRED,
    /** The first certificate's name is not the host asked for. */
    NAME_MISMATCH,
    /** The identity key is none of the pinned ones. */
    PINNED_KEY_MISMATCH,
    /** The CONNECT signature does not fit the identity key. */
    SIGNATURE_INVALID,
    /** The server sent the client's own public key back (D15). */
    SERVER_KEY_REFLECTED,
    /** The key agreement gave 32 zero bytes (D5). */
    SHARED_SECRET_ZERO,
    /** The MAC or tag of a packet is missing or wrong. */
    AUTHENTICATION_FAILED,
    /** The session's counters are used up (D10). */
    COUNTER_EXHAUSTED,
    /** The session is closed. */
    SESSION_CLOSED,
    /** A subscriber was too slow for its buffer. */
    SUBSCRIBER_OVERFLOW,
    /** Too many requests wait for an answer, or too many bytes to be written. */
    TOO_MANY_REQUESTS;

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The stable name, such as {@code certificate-expired}. */
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return code;
    }
}
