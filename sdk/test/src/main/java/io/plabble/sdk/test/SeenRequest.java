package io.plabble.sdk.test;

/**
 * A well-formed CONNECT request that the server has received (§4).
 *
 * @param encryption flag #6
 * @param certificate flag #7
 * @param clientPublicKey 64 hexadecimal digits
 */
public record SeenRequest(boolean encryption, boolean certificate, String clientPublicKey) {}
