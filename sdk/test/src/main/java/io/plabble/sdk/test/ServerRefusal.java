package io.plabble.sdk.test;

import io.plabble.protocol.ErrorCode;

/** A request after CONNECT is answered with an ERROR (§9), and has changed nothing. */
final class ServerRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    ServerRefusal(ErrorCode code) {
        super(code.meaning(), null, false, false); // part of the normal course: no stack trace
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }
}
