package io.plabble.sdk.test;

/**
 * A CONNECT exchange that the server has answered.
 *
 * @param fingerprint SHA-256 of the shared secret, 64 hexadecimal digits; the client's session has the same
 * @param encrypted whether flag #6 was set
 */
public record ServerSession(String fingerprint, boolean encrypted) {}
