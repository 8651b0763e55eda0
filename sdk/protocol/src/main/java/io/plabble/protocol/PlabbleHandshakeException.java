package io.plabble.protocol;

/** The server could not be verified: its key, its signature or its pin (§4, steps 9 to 12). No session exists. */
public class PlabbleHandshakeException extends PlabbleException {
    private static final long serialVersionUID = 1L;

    public PlabbleHandshakeException(Reason reason, String message) {
        super(reason, message, null);
    }
}
