package io.plabble.sdk.test;

import io.plabble.protocol.PlabbleConfigurationException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the server has been told to do wrong, by the place where it happens. Told by any thread, asked by the event loop. */
final class Faults {
    private static final Set<FaultPoint> CONNECT = EnumSet.range(FaultPoint.ACCEPTED, FaultPoint.CONNECT_ANSWER_SENT);
    private static final Set<FaultPoint> PACKETS_OUT = EnumSet.of(FaultPoint.ANSWER, FaultPoint.UPDATE);

    private final Map<FaultPoint, Fault> faults = new ConcurrentHashMap<>();

    private final boolean webSocket;

    /** @param webSocket whether there may be faults that need WebSocket */
    Faults(boolean webSocket) {
        this.webSocket = webSocket;
    }

    /** @throws PlabbleConfigurationException for a fault that has no place there */
    void set(FaultPoint point, Fault fault) {
        if (!hasPlace(point, fault)) {
            throw new PlabbleConfigurationException("fault: " + fault + " has no place at " + point);
        }
        if (!webSocket && needsWebSocket(fault)) {
            throw new PlabbleConfigurationException("fault: " + fault + " at " + point + " needs WebSocket");
        }
        faults.put(point, fault);
    }

    /** @throws PlabbleConfigurationException if there is one that needs WebSocket, and shall not */
    Faults copy(boolean withWebSocket) {
        Faults copy = new Faults(withWebSocket);
        faults.forEach(copy::set);
        return copy;
    }

    void clear() {
        faults.clear();
    }

    void clearHolds() {
        faults.values().removeIf(fault -> single(fault) instanceof Fault.Hold);
    }

    /** What goes wrong now at this point; a fault that happens once has thereby happened. */
    @Nullable
    Fault at(FaultPoint point) {
        Fault fault = faults.get(point);
        if (fault instanceof Fault.Once) {
            // Another thread may have put another fault there meanwhile, which stays.
            faults.computeIfPresent(point, (there, now) -> now == fault ? null : now);
        }
        return fault == null ? null : single(fault);
    }

    private static Fault single(Fault fault) {
        return fault instanceof Fault.Once once ? once.fault() : fault;
    }

    private static boolean needsWebSocket(Fault fault) {
        return single(fault) instanceof Fault.Rewrite rewrite && rewrite.text();
    }

    private static boolean hasPlace(FaultPoint point, Fault fault) {
        Fault single = single(fault);
        if (single instanceof Fault.Rewrite) {
            return point == FaultPoint.CONNECT_ANSWER || PACKETS_OUT.contains(point);
        }
        if (single instanceof Fault.Forge) {
            return PACKETS_OUT.contains(point);
        }
        if (single instanceof Fault.Hold) {
            return point == FaultPoint.REQUEST_RECEIVED || PACKETS_OUT.contains(point);
        }
        if (single instanceof Fault.Refuse) {
            return CONNECT.contains(point) || point == FaultPoint.REQUEST_RECEIVED || point == FaultPoint.ANSWER;
        }
        return true;
    }
}
