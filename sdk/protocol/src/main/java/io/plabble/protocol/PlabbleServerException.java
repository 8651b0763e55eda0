package io.plabble.protocol;

import java.util.Optional;

/**
 * The server answered with an ERROR packet (§9). In answer to CONNECT it came in the clear, so that it proves nothing about
 * who sent it.
 */
public final class PlabbleServerException extends PlabbleException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String serverMessage;

    /**
     * @param code 0 to 255
     * @param serverMessage as it was sent; escaped and cut here
     */
    public PlabbleServerException(int code, String serverMessage) {
        this(code, PeerText.printable(serverMessage), "the server answered ERROR");
    }

    private PlabbleServerException(int code, String printable, String what) {
        super(Reason.ERROR_RESPONSE, describe(what, code, printable), null);
        this.code = code;
        this.serverMessage = printable;
    }

    private static String describe(String what, int code, String printable) {
        String meaning = ErrorCode.of(code)
                .map(ErrorCode::meaning)
                .orElse(ErrorCode.isFree(code) ? "application's own code" : "reserved code");
        return what + " " + code + " (" + meaning + ")" + (printable.isEmpty() ? "" : ": \"" + printable + "\"");
    }

    /** The code, 0 to 255; 128 to 255 are free for applications. */
    public int code() {
        return code;
    }

    /** The code's meaning, if it is one of the protocol's. */
    public Optional<ErrorCode> errorCode() {
        return ErrorCode.of(code);
    }

    /** The server's message, control characters escaped and malformed UTF-8 replaced, at most 256 characters; may be empty. */
    public String serverMessage() {
        return serverMessage;
    }
}
