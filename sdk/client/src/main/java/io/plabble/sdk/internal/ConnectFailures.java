package io.plabble.sdk.internal;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.plabble.protocol.PeerText;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.ConnectStep;
import io.plabble.sdk.PlabbleConnectException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** Gives every failure of a connect its type and its place: whom with, and at which step. */
final class ConnectFailures {
    private ConnectFailures() {}

    static PlabbleException typed(Throwable error, Settings settings, ConnectStep step) {
        PlabbleException typed = error instanceof PlabbleException known ? known : ofTransport(error, settings, step);
        return typed.locate("CONNECT to " + settings.endpoint().peer());
    }

    private static PlabbleException ofTransport(Throwable error, Settings settings, ConnectStep step) {
        if (error instanceof TimeoutException) {
            return connect(
                    Reason.TIMEOUT,
                    "no session within " + settings.network().connectTimeout() + ", waiting for " + step.description()
                            + "; see connectTimeout(…)",
                    error);
        }
        if (error instanceof ProxyConnectException) {
            return connect(
                    Reason.CONNECTION_FAILED,
                    "the proxy made no connection: " + PeerText.printable(String.valueOf(error.getMessage())),
                    error);
        }
        if (step == ConnectStep.SECURED
                || TlsFailures.isOne(error)) { // a server may refuse a client's certificate later
            Reason reason = TlsFailures.isCutOff(error) ? Reason.CONNECTION_CLOSED : Reason.TLS_FAILED;
            return connect(reason, TlsFailures.describe(error, settings.endpoint()), error);
        }
        if (error instanceof IOException && says("reset", error)) {
            return connect(
                    Reason.CONNECTION_CLOSED,
                    "the server reset the connection, waiting for " + step.description(),
                    error);
        }
        if (step == ConnectStep.UPGRADED) {
            return connect(
                    Reason.CONNECTION_FAILED,
                    "the server did not agree to speak WebSocket: "
                            + PeerText.printable(String.valueOf(error.getMessage())) + "; is the path right?",
                    error);
        }
        if (error instanceof UnknownHostException) {
            return connect(Reason.UNKNOWN_HOST, "the name look-up found no address", error);
        }
        if (error instanceof ConnectTimeoutException) {
            return connect(Reason.TIMEOUT, "the host did not answer: " + error.getMessage(), error);
        }
        if (error instanceof ConnectException && says("refused", error)) {
            return connect(Reason.CONNECTION_REFUSED, "nobody listens there", error);
        }
        return connect(Reason.CONNECTION_FAILED, "waiting for " + step.description() + ": " + error, error);
    }

    /** The JDK and the native transports tell these causes apart by text only. */
    private static boolean says(String word, Throwable error) {
        return String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT).contains(word);
    }

    private static PlabbleConnectException connect(Reason reason, String message, Throwable cause) {
        return new PlabbleConnectException(reason, message, cause);
    }
}
