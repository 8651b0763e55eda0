package io.plabble.sdk.benchmarks.soak;

import io.plabble.protocol.Reason;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** What goes wrong in one connect and the read that follows it: what the server does, and what the client must make of it. */
enum Mishap {
    NONE(FaultPoint.CONNECT_ANSWER, random -> Fault.segments(Integer.MAX_VALUE)),
    IN_PIECES(FaultPoint.CONNECT_ANSWER, random -> Fault.segments(1 + random.nextInt(100))),
    CLOSED_AT_ONCE(FaultPoint.ACCEPTED, random -> Fault.close(), Reason.CONNECTION_CLOSED),
    RESET_AT_ONCE(FaultPoint.ACCEPTED, random -> Fault.reset(), Reason.CONNECTION_CLOSED),
    CLOSED(FaultPoint.CONNECT_RECEIVED, random -> Fault.close(), Reason.CONNECTION_CLOSED),
    RESET(FaultPoint.CONNECT_RECEIVED, random -> Fault.reset(), Reason.CONNECTION_CLOSED),
    REFUSED(
            FaultPoint.CONNECT_RECEIVED,
            random -> Fault.error(random.nextInt(256), "not today"),
            Reason.ERROR_RESPONSE),
    TRUNCATED(FaultPoint.CONNECT_ANSWER, random -> Fault.truncate(1 + random.nextInt(200)), Reason.TRUNCATED),
    CHANGED(
            FaultPoint.CONNECT_ANSWER,
            random -> flip(2, random),
            Reason.MALFORMED,
            Reason.UNTRUSTED_ROOT,
            Reason.CHAIN_SIGNATURE_INVALID,
            Reason.SIGNATURE_INVALID),
    ENDLESS(FaultPoint.CONNECT_ANSWER, random -> Fault.answer(new byte[] {-1, -1, -1, 0x7f}), Reason.PACKET_TOO_LARGE),
    FOLLOWED(FaultPoint.CONNECT_ANSWER, random -> Fault.append(new byte[] {1, 0}), Reason.MALFORMED),
    SESSION_CLOSED(FaultPoint.REQUEST_RECEIVED, random -> Fault.close(), Reason.CONNECTION_CLOSED),
    SESSION_RESET(FaultPoint.REQUEST_RECEIVED, random -> Fault.reset(), Reason.CONNECTION_CLOSED),
    SESSION_TRUNCATED(FaultPoint.ANSWER, random -> Fault.truncate(1 + random.nextInt(10)), Reason.TRUNCATED),
    SESSION_CHANGED(FaultPoint.ANSWER, random -> flip(1, random), Reason.AUTHENTICATION_FAILED),
    /** The client has had enough, at any time. */
    CANCELLED(FaultPoint.CONNECT_ANSWER, random -> Fault.segments(1)),
    SILENT(FaultPoint.CONNECT_RECEIVED, random -> Fault.silence(), Reason.TIMEOUT);

    private static final int SELDOM = 1_000;

    private final FaultPoint point;
    private final Function<Random, Fault> fault;
    private final Set<Reason> reasons;

    Mishap(FaultPoint point, Function<Random, Fault> fault, Reason... reasons) {
        this.point = point;
        this.fault = fault;
        this.reasons = reasons.length == 0 ? Set.of() : EnumSet.copyOf(Arrays.asList(reasons));
    }

    /** Any of them, but those that are waited for seldom. */
    static Mishap any(Random random) {
        return random.nextInt(SELDOM) < 5 ? SILENT : values()[random.nextInt(SILENT.ordinal())];
    }

    /** The next connection of the server has this mishap. */
    void befall(PlabbleTestServer server, long seed) {
        server.clearFaults();
        server.fault(point, Fault.once(fault.apply(new Random(seed))));
    }

    /** Whether this is what the client must make of it; empty is success. */
    boolean explains(Set<Reason> outcome) {
        return outcome.isEmpty() ? reasons.isEmpty() : reasons.containsAll(outcome);
    }

    /** A bit behind the Length. */
    private static Fault flip(int lengthSize, Random random) {
        return Fault.rewrite(wire -> {
            wire[lengthSize + random.nextInt(wire.length - lengthSize)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            return wire;
        });
    }
}
