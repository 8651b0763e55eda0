package io.plabble.sdk.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleCertificateException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleHandshakeException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleConnectException;
import io.plabble.sdk.PlabbleSessionClosedException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Exactly what becomes of a connect. */
public sealed interface Outcome {
    /** Whether bytes that come with the answer, in the same read, leave the outcome as it is: no bytes are missing. */
    boolean isOfAWholeAnswer();

    /** Whether it comes of the deadline. */
    default boolean isLate() {
        return false;
    }

    /** Whether there is a connection to the server at all. */
    default boolean isOfTheServer() {
        return true;
    }

    /** A session, which stays open; or ends so. */
    record Session(Optional<Refused> end) implements Outcome {
        @Override
        public boolean isOfAWholeAnswer() {
            return true;
        }

        /** Once more bytes have followed the answer. */
        public Refused broken() {
            return end.orElse(malformed("bytes that nothing asked for"));
        }
    }

    /** An error of exactly this class, with this reason, whose message holds this text. */
    record Refused(
            Class<? extends PlabbleException> type, Reason reason, String text, Consumer<PlabbleException> details)
            implements Outcome {
        private Refused(Class<? extends PlabbleException> type, Reason reason, String text) {
            this(type, reason, text, error -> {});
        }

        @Override
        public boolean isOfAWholeAnswer() {
            return reason != Reason.TRUNCATED && type != PlabbleConnectException.class;
        }

        @Override
        public boolean isLate() {
            return reason == Reason.TIMEOUT;
        }

        @Override
        public boolean isOfTheServer() {
            return reason != Reason.UNKNOWN_HOST && reason != Reason.CONNECTION_REFUSED;
        }

        public void check(Throwable error) {
            assertThat(error).isExactlyInstanceOf(type).hasMessageContaining(text);
            PlabbleException typed = (PlabbleException) error;
            assertThat(typed.reason()).isEqualTo(reason);
            details.accept(typed);
        }
    }

    static Session session() {
        return new Session(Optional.empty());
    }

    static Session sessionThatEnds(Refused so) {
        return new Session(Optional.of(so));
    }

    static Refused malformed(String text) {
        return protocol(Reason.MALFORMED, text);
    }

    static Refused tooLarge(int announced) {
        return protocol(Reason.PACKET_TOO_LARGE, "a packet of " + announced + " bytes, at most 4096");
    }

    static Refused truncated() {
        return protocol(Reason.TRUNCATED, "inside a packet");
    }

    private static Refused protocol(Reason reason, String text) {
        return new Refused(PlabbleProtocolException.class, reason, text);
    }

    static Refused noConnection(Reason reason, String text) {
        return new Refused(PlabbleConnectException.class, reason, text);
    }

    static Refused closed() {
        return noConnection(Reason.CONNECTION_CLOSED, "the server");
    }

    static Refused timeout() {
        return noConnection(Reason.TIMEOUT, "no session within PT10S");
    }

    static Refused closedByPeer() {
        return new Refused(
                PlabbleSessionClosedException.class,
                Reason.CONNECTION_CLOSED,
                "the server closed the connection",
                error -> assertThat(((PlabbleSessionClosedException) error).why())
                        .isEqualTo(PlabbleSessionClosedException.Why.CLOSED_BY_PEER));
    }

    static Refused handshake(Reason reason) {
        return new Refused(PlabbleHandshakeException.class, reason, "");
    }

    /** The certificate at this place of the chain is at fault. */
    static Refused certificate(Reason reason, int index) {
        return certificate(reason, OptionalInt.of(index), "");
    }

    /** The chain as a whole is at fault. */
    static Refused chain(Reason reason) {
        return certificate(reason, OptionalInt.empty(), "");
    }

    static Refused certificate(Reason reason, OptionalInt index, String text) {
        return new Refused(
                PlabbleCertificateException.class,
                reason,
                text,
                error -> assertThat(((PlabbleCertificateException) error).index())
                        .isEqualTo(index));
    }

    /** An ERROR with this code, whose message is shown like this. */
    static Refused error(int code, String meaning, String shown) {
        return new Refused(
                PlabbleServerException.class,
                Reason.ERROR_RESPONSE,
                "the server answered ERROR " + code + " (" + meaning + ")"
                        + (shown.isEmpty() ? "" : ": \"" + shown + "\""),
                error -> {
                    PlabbleServerException said = (PlabbleServerException) error;
                    assertThat(said.code()).isEqualTo(code);
                    assertThat(said.serverMessage()).isEqualTo(shown);
                });
    }
}
