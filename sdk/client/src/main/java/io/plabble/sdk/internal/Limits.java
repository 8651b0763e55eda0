package io.plabble.sdk.internal;

import io.plabble.sdk.UpdateOverflow;
import java.time.Duration;

/**
 * What a session may use; immutable.
 *
 * @param requestTimeout how long an answer is waited for
 * @param maxRequestsInFlight how many requests may wait for their answers, 1 to 65,535
 * @param maxPendingBytes how many bytes may wait to be written
 * @param maxPacketSize the longest packet sent or taken after CONNECT, in bytes
 * @param updateBuffer how many updates may wait for a subscriber
 * @param updateOverflow what happens beyond them
 */
public record Limits(
        Duration requestTimeout,
        int maxRequestsInFlight,
        long maxPendingBytes,
        int maxPacketSize,
        int updateBuffer,
        UpdateOverflow updateOverflow) {
    private static final int MEBIBYTE = 1 << 20;

    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(10), 4096, 64 * MEBIBYTE, 16 * MEBIBYTE, 256, UpdateOverflow.FAIL);

    public Limits withRequestTimeout(Duration timeout) {
        return new Limits(
                timeout, maxRequestsInFlight, maxPendingBytes, maxPacketSize, updateBuffer, updateOverflow);
    }

    public Limits withMaxRequestsInFlight(int most) {
        return new Limits(requestTimeout, most, maxPendingBytes, maxPacketSize, updateBuffer, updateOverflow);
    }

    public Limits withMaxPendingBytes(long most) {
        return new Limits(requestTimeout, maxRequestsInFlight, most, maxPacketSize, updateBuffer, updateOverflow);
    }

    public Limits withMaxPacketSize(int most) {
        return new Limits(requestTimeout, maxRequestsInFlight, maxPendingBytes, most, updateBuffer, updateOverflow);
    }

    public Limits withUpdateBuffer(int most) {
        return new Limits(
                requestTimeout, maxRequestsInFlight, maxPendingBytes, maxPacketSize, most, updateOverflow);
    }

    public Limits withUpdateOverflow(UpdateOverflow overflow) {
        return new Limits(
                requestTimeout, maxRequestsInFlight, maxPendingBytes, maxPacketSize, updateBuffer, overflow);
    }
}
