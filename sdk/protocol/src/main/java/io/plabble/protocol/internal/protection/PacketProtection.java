package io.plabble.protocol.internal.protection;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.SharedSecret;
import java.nio.ByteBuffer;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * Protects and opens the packets of a session, by the sender's counter (§7). Flag #5 is this type's own: it sets and takes it
 * away. Used by the one thread that owns the session.
 */
public abstract sealed class PacketProtection implements Destroyable permits MacProtection, EncryptedProtection {
    /** What protection adds to every packet, in bytes. */
    public static final int OVERHEAD = 16;

    private static final byte[] NOTHING = {};

    final KeySchedule keys;
    private int lastSealed = -1;
    private boolean destroyed;

    PacketProtection(KeySchedule keys) {
        this.keys = keys;
    }

    /** The protection that CONNECT has agreed on. */
    public static PacketProtection of(SharedSecret sessionKey, boolean encrypted) {
        KeySchedule keys = new KeySchedule(sessionKey);
        return encrypted ? new EncryptedProtection(keys) : new MacProtection(keys);
    }

    /**
     * The packet without Length.
     *
     * @throws IllegalArgumentException for the counter of the packet before: two packets under one key give it away
     */
    public final byte[] seal(int counter, byte[] header, byte[] body, @Nullable BucketKey bucketKey) {
        requireKeys();
        if (counter == lastSealed) {
            throw new IllegalArgumentException("counter " + counter + " has sealed a packet already");
        }
        byte[] packet = doSeal(counter, header, body, bucketKey);
        lastSealed = counter;
        return packet;
    }

    /**
     * The header without flag #5, in the clear but not authenticated yet.
     *
     * @throws PlabbleProtocolException with reason {@code malformed} for a packet that is too short for what every packet has,
     *     {@code authentication-failed} for one that announces no MAC where there must be one
     */
    public final byte[] openHeader(int counter, byte[] packet, int headerLength) {
        requireKeys();
        if (packet.length < headerLength + OVERHEAD) {
            throw PlabbleProtocolException.malformed(
                    "a packet of " + packet.length + " bytes, less than a header and what protects it");
        }
        return doOpenHeader(counter, packet, headerLength);
    }

    /**
     * The body, authenticated together with the header that {@link #openHeader} gave. It may be a view of the packet.
     *
     * @throws PlabbleProtocolException with reason {@code authentication-failed}; {@code malformed} for one that is authentic and
     *     encrypted, and yet announces a MAC
     */
    public final ByteBuffer openBody(int counter, byte[] header, byte[] packet, @Nullable BucketKey bucketKey) {
        requireKeys();
        return doOpenBody(counter, header, packet, bucketKey);
    }

    /** The key of a bucket that is created by the request with this counter (§8). */
    public final BucketKey bucketKey(BucketId bucket, int createCounter) {
        requireKeys();
        return keys.bucketKey(bucket, createCounter);
    }

    abstract byte[] doSeal(int counter, byte[] header, byte[] body, @Nullable BucketKey bucketKey);

    abstract byte[] doOpenHeader(int counter, byte[] packet, int headerLength);

    abstract ByteBuffer doOpenBody(int counter, byte[] header, byte[] packet, @Nullable BucketKey bucketKey);

    /** What of the bucket key is authenticated: all of it, if there is one (D11). */
    static byte[] copyOrNothing(@Nullable BucketKey bucketKey) {
        return bucketKey == null ? NOTHING : bucketKey.copy();
    }

    static PlabbleProtocolException authenticationFailed(String what) {
        return new PlabbleProtocolException(
                Reason.AUTHENTICATION_FAILED,
                what + ": the packet was changed, lost, repeated or made by somebody else");
    }

    private void requireKeys() {
        if (destroyed) {
            throw new IllegalStateException("the session's keys have been erased");
        }
    }

    /** Overwrites what the keys are derived from. */
    @Override
    public final void destroy() {
        destroyed = true;
        keys.erase();
    }

    @Override
    public final boolean isDestroyed() {
        return destroyed;
    }
}
