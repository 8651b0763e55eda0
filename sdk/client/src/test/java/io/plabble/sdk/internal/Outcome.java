package io.plabble.sdk.internal;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.Authentication;

/** What came of a connect and the end of the stream after it, to be compared with what came of another. */
sealed interface Outcome {
    /** Of the connect, else of the session's end. */
    Reason reason();

    /** @param sessionKey in hexadecimal */
    record Connected(String sessionKey, Authentication authentication, boolean encrypted, Reason reason)
            implements Outcome {}

    record Refused(Class<? extends PlabbleException> type, Reason reason, String message) implements Outcome {
        static Refused by(PlabbleException failure) {
            return new Refused(failure.getClass(), failure.reason(), failure.getMessage());
        }
    }
}
