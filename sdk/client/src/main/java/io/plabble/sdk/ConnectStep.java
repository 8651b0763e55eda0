package io.plabble.sdk;

/** The steps of connecting, in their order (§4). */
public enum ConnectStep {
    /** The name is looked up and the TCP connection stands, with a proxy's help if there is one. */
    CONNECTED("the connection"),
    /** TLS is set up and the server's TLS certificate verified; only with {@link PlabbleClient#secure}. */
    SECURED("the TLS handshake"),
    /** The server has agreed to speak WebSocket; only with {@link PlabbleClient#create(java.net.URI)}. */
    UPGRADED("the WebSocket upgrade"),
    /** Step 1: an X25519 key pair for this session is made. */
    KEY_PAIR_GENERATED("the key pair"),
    /** Step 2: the CONNECT request is written. */
    REQUEST_SENT("writing the request"),
    /** Step 8: the answer is in, and well formed. */
    RESPONSE_RECEIVED("the server's answer to CONNECT"),
    /** Step 9: the chain is valid for the host, if one was asked for. */
    CERTIFICATES_VERIFIED("the verification of the certificates"),
    /** Step 10: the answer is signed by the server's identity key, if it is to be authenticated. */
    SIGNATURE_VERIFIED("the verification of the signature"),
    /** Steps 11 and 12: both ends hold the same secret. */
    SECRET_AGREED("the key agreement");

    private final String description;

    ConnectStep(String description) {
        this.description = description;
    }

    /** What is done in this step, to follow "waiting for". */
    public String description() {
        return description;
    }
}
