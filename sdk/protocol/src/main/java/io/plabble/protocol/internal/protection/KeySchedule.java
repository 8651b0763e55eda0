package io.plabble.protocol.internal.protection;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.crypto.HkdfSha256;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Every key that a session key yields (§7, §8). The direction is not part of it: see "Known weakness". */
public final class KeySchedule {
    private static final int KEY_LENGTH = 32;
    private static final byte[] NO_SALT = {};

    private final HkdfSha256 hkdf;

    public KeySchedule(SharedSecret sessionKey) {
        byte[] secret = sessionKey.copy();
        try {
            hkdf = HkdfSha256.extract(NO_SALT, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** {@code key(i)} of the message with this counter of its sender. */
    public byte[] messageKey(int counter, int i) {
        byte[] info = {(byte) (counter >>> 8), (byte) counter, (byte) i};
        return hkdf.expand(info, KEY_LENGTH);
    }

    /** The key of a bucket that was created by the request with this client counter. */
    public BucketKey bucketKey(BucketId bucket, int createCounter) {
        byte[] info = ByteBuffer.allocate(BucketId.LENGTH + 2)
                .put(bucket.bytes())
                .putShort((short) createCounter)
                .array();
        byte[] key = hkdf.expand(info, KEY_LENGTH);
        try {
            return BucketKey.of(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    public void erase() {
        hkdf.erase();
    }
}
