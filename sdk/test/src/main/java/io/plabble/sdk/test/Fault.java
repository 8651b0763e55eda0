package io.plabble.sdk.test;

import io.plabble.protocol.PlabbleConfigurationException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What goes wrong at a {@link FaultPoint}. Byte strings are as on the wire, Length included. A fault of the bytes has its place
 * where bytes are about to be written: {@link FaultPoint#CONNECT_ANSWER}, {@link FaultPoint#ANSWER} and {@link FaultPoint#UPDATE}; it
 * changes whichever packet that is, which has used its counter.
 */
public sealed interface Fault {
    /** The connection is closed (FIN). */
    static Fault close() {
        return new Close();
    }

    /** The connection is reset (RST). */
    static Fault reset() {
        return new Reset();
    }

    /**
     * The connection stays open, but nothing is sent: in CONNECT and after {@link FaultPoint#ANSWER_SENT} never again anything;
     * at {@link FaultPoint#REQUEST_RECEIVED} this request is neither carried out nor answered; at {@link FaultPoint#ANSWER} and
     * {@link FaultPoint#UPDATE} this packet is left out and uses no counter.
     */
    static Fault silence() {
        return new Silence();
    }

    /**
     * An ERROR packet (§9) is the answer. In CONNECT the connection is closed after it. Later the ERROR is protected, the session
     * goes on, and the request was carried out if it happens at {@link FaultPoint#ANSWER}, but not at
     * {@link FaultPoint#REQUEST_RECEIVED}; it has no place elsewhere.
     */
    static Fault error(int code, String message) {
        return new Refuse(code, message);
    }

    /** These bytes are the answer, or the update. */
    static Fault answer(byte[] wire) {
        byte[] copy = wire.clone();
        return rewrite(answer -> copy.clone());
    }

    /** The answer, or the update, is changed. */
    static Fault rewrite(UnaryOperator<byte[]> change) {
        return new Rewrite(change, false, Integer.MAX_VALUE);
    }

    /** These bytes follow the answer, or the update. */
    static Fault append(byte[] wire) {
        byte[] copy = wire.clone();
        return new Rewrite(UnaryOperator.identity(), Optional.of(copy), false, false, Integer.MAX_VALUE);
    }

    /** Only the first bytes of the answer, or of the update, are sent, then the connection is closed. */
    static Fault truncate(int bytes) {
        require(bytes >= 0, "truncate: " + bytes + " bytes");
        return new Rewrite(answer -> Arrays.copyOf(answer, Math.min(bytes, answer.length)), true, Integer.MAX_VALUE);
    }

    /** The answer, or the update, is written in pieces of so many bytes. */
    static Fault segments(int bytesEach) {
        require(bytesEach >= 1, "segments: " + bytesEach + " bytes each");
        return new Rewrite(UnaryOperator.identity(), false, bytesEach);
    }

    /**
     * The packet is changed before it is protected, at {@link FaultPoint#ANSWER} and {@link FaultPoint#UPDATE}, so that the
     * client gets authentic nonsense.
     *
     * @param change of {@code TypeFlags[1] Counter[2] Body}, flag #5 not set; gives at least one byte
     */
    static Fault forge(UnaryOperator<byte[]> change) {
        return new Forge(change);
    }

    /**
     * Everything waits, in order, until {@link PlabbleTestServer#release}: at {@link FaultPoint#REQUEST_RECEIVED} the
     * connection's requests from this one on, which are not carried out; at {@link FaultPoint#ANSWER} and
     * {@link FaultPoint#UPDATE} all that the connection would be sent from this packet on.
     */
    static Fault hold() {
        return new Hold();
    }

    /** This fault happens a single time, on whichever connection first gets there, and is then gone. */
    static Fault once(Fault fault) {
        return fault instanceof Once ? fault : new Once(fault);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new PlabbleConfigurationException("fault: " + otherwise);
        }
    }

    /** See {@link #close()}. */
    record Close() implements Fault {}

    /** See {@link #reset()}. */
    record Reset() implements Fault {}

    /** See {@link #silence()}. */
    record Silence() implements Fault {}

    /** See {@link #error}. */
    record Refuse(int code, String message) implements Fault {}

    /**
     * A packet is sent otherwise than it should be.
     *
     * @param change of its bytes
     * @param appended what follows it
     * @param text whether it is a text message, over WebSocket
     * @param thenClose whether the connection is closed after it
     * @param segment how many bytes are written at once
     */
    record Rewrite(
            UnaryOperator<byte[]> change, Optional<byte[]> appended, boolean text, boolean thenClose, int segment)
            implements Fault {
        /** Everything as it should be. */
        static final Rewrite NOTHING = new Rewrite(UnaryOperator.identity(), false, Integer.MAX_VALUE);

        /** Nothing follows it. */
        public Rewrite(UnaryOperator<byte[]> change, boolean thenClose, int segment) {
            this(change, Optional.empty(), false, thenClose, segment);
        }
    }

    /** See {@link #forge}. */
    record Forge(UnaryOperator<byte[]> change) implements Fault {
        public Forge {
            Objects.requireNonNull(change, "change");
        }
    }

    /** See {@link #hold}. */
    record Hold() implements Fault {}

    /** See {@link #once}. */
    record Once(Fault fault) implements Fault {
        public Once {
            Objects.requireNonNull(fault, "fault");
        }
    }
}
