package io.plabble.sdk.internal;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.internal.packet.BucketRequest;
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
 * @param updateBufferBytes how many bytes of content they may hold
 * @param updateOverflow what happens beyond them
 */
public record Limits(
        Duration requestTimeout,
        int maxRequestsInFlight,
        long maxPendingBytes,
        int maxPacketSize,
        int updateBuffer,
        long updateBufferBytes,
        UpdateOverflow updateOverflow) {
    private static final int MEBIBYTE = 1 << 20;

    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(10), 4096, 64 * MEBIBYTE, 16 * MEBIBYTE, 256, 16 * MEBIBYTE, UpdateOverflow.FAIL);

    /** @throws PlabbleConfigurationException for a request that is longer than any packet may be */
    void requireFits(BucketRequest request) {
        long packet = PendingRequest.packetSize(request);
        if (packet > maxPacketSize) {
            throw new PlabbleConfigurationException(request.type() + ": a packet of " + packet + " bytes, at most "
                    + maxPacketSize + " are sent; see maxPacketSize(…)");
        }
    }

    public Limits withRequestTimeout(Duration value) {
        return new Limits(
                value,
                maxRequestsInFlight,
                maxPendingBytes,
                maxPacketSize,
                updateBuffer,
                updateBufferBytes,
                updateOverflow);
    }

    public Limits withMaxRequestsInFlight(int value) {
        return new Limits(
                requestTimeout, value, maxPendingBytes, maxPacketSize, updateBuffer, updateBufferBytes, updateOverflow);
    }

    public Limits withMaxPendingBytes(long value) {
        return new Limits(
                requestTimeout,
                maxRequestsInFlight,
                value,
                maxPacketSize,
                updateBuffer,
                updateBufferBytes,
                updateOverflow);
    }

    public Limits withMaxPacketSize(int value) {
        return new Limits(
                requestTimeout,
                maxRequestsInFlight,
                maxPendingBytes,
                value,
                updateBuffer,
                updateBufferBytes,
                updateOverflow);
    }

    public Limits withUpdateBuffer(int value) {
        return new Limits(
                requestTimeout,
                maxRequestsInFlight,
                maxPendingBytes,
                maxPacketSize,
                value,
                updateBufferBytes,
                updateOverflow);
    }

    public Limits withUpdateBufferBytes(long value) {
        return new Limits(
                requestTimeout,
                maxRequestsInFlight,
                maxPendingBytes,
                maxPacketSize,
                updateBuffer,
                value,
                updateOverflow);
    }

    public Limits withUpdateOverflow(UpdateOverflow value) {
        return new Limits(
                requestTimeout,
                maxRequestsInFlight,
                maxPendingBytes,
                maxPacketSize,
                updateBuffer,
                updateBufferBytes,
                value);
    }
}
