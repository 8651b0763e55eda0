package io.plabble.sdk.test;

import io.plabble.protocol.PlabbleConfigurationException;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** What goes wrong at a {@link FaultPoint}. Byte strings are as on the wire, Length included. */
public sealed interface Fault {
    /** The connection is closed (FIN). */
    static Fault close() {
        return new Close();
    }

    /** The connection is reset (RST). */
    static Fault reset() {
        return new Reset();
    }

    /** Nothing more is ever sent; the connection stays open. */
    static Fault silence() {
        return new Silence();
    }

    /** An ERROR packet (§9) is the answer, and the connection is closed. */
    static Fault error(int code, String message) {
        return new Refuse(code, message);
    }

    /** These bytes are the answer, at {@link FaultPoint#RESPONSE}. */
    static Fault answer(byte[] wire) {
        byte[] copy = wire.clone();
        return rewrite(answer -> copy.clone());
    }

    /** The answer is changed, at {@link FaultPoint#RESPONSE}. */
    static Fault rewrite(UnaryOperator<byte[]> change) {
        return new Rewrite(change, false, Integer.MAX_VALUE);
    }

    /** These bytes follow the answer, at {@link FaultPoint#RESPONSE}. */
    static Fault append(byte[] wire) {
        byte[] copy = wire.clone();
        return rewrite(answer -> {
            byte[] both = Arrays.copyOf(answer, answer.length + copy.length);
            System.arraycopy(copy, 0, both, answer.length, copy.length);
            return both;
        });
    }

    /** Only the answer's first bytes are sent, then the connection is closed, at {@link FaultPoint#RESPONSE}. */
    static Fault truncate(int bytes) {
        require(bytes >= 0, "truncate: " + bytes + " bytes");
        return new Rewrite(answer -> Arrays.copyOf(answer, Math.min(bytes, answer.length)), true, Integer.MAX_VALUE);
    }

    /** The answer is written in pieces of so many bytes, at {@link FaultPoint#RESPONSE}. */
    static Fault segments(int bytesEach) {
        require(bytesEach >= 1, "segments: " + bytesEach + " bytes each");
        return new Rewrite(UnaryOperator.identity(), false, bytesEach);
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
     * The answer is sent otherwise than it should be.
     *
     * @param change of its bytes
     * @param thenClose whether the connection is closed after it
     * @param segment how many bytes are written at once
     */
    record Rewrite(UnaryOperator<byte[]> change, boolean thenClose, int segment) implements Fault {}
}
