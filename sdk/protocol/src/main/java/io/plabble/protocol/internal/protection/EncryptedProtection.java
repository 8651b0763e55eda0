package io.plabble.protocol.internal.protection;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.internal.crypto.Engines;
import io.plabble.protocol.internal.packet.TypeFlags;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encrypted mode (§7): {@code ChaCha20(key(0), nonce, header) || ChaCha20-Poly1305(key(1), nonce, aad = header || [bucket key],
 * body)}, flag #5 clear.
 */
final class EncryptedProtection extends PacketProtection {
    private static final byte[] NONCE = new byte[12]; // every message has keys of its own

    EncryptedProtection(KeySchedule keys) {
        super(keys);
    }

    @Override
    byte[] doSeal(int counter, byte[] header, byte[] body, @Nullable BucketKey bucketKey) {
        byte[] packet = new byte[header.length + body.length + OVERHEAD];
        byte[] bucketKeyOrNothing = copyOrNothing(bucketKey);
        byte[] key = keys.messageKey(counter, 1);
        try {
            Engines.ofThisThread()
                    .aead()
                    .seal(key, NONCE, new byte[][] {header, bucketKeyOrNothing}, body, packet, header.length);
        } finally {
            erase(key, bucketKeyOrNothing);
        }
        System.arraycopy(applyToHeader(counter, header, header.length), 0, packet, 0, header.length);
        return packet;
    }

    @Override
    byte[] doOpenHeader(int counter, byte[] packet, int headerLength) {
        return applyToHeader(counter, packet, headerLength);
    }

    @Override
    ByteBuffer doOpenBody(int counter, byte[] header, byte[] packet, @Nullable BucketKey bucketKey) {
        byte[] bucketKeyOrNothing = copyOrNothing(bucketKey);
        byte[] key = keys.messageKey(counter, 1);
        try {
            byte[] body = Engines.ofThisThread()
                    .aead()
                    .open(key, NONCE, new byte[][] {header, bucketKeyOrNothing}, packet, header.length)
                    .orElseThrow(() -> authenticationFailed("the tag does not fit"));
            if ((header[0] & TypeFlags.MAC) != 0) {
                throw PlabbleProtocolException.malformed("an encrypted packet that announces a MAC");
            }
            return ByteBuffer.wrap(body);
        } finally {
            erase(key, bucketKeyOrNothing);
        }
    }

    private byte[] applyToHeader(int counter, byte[] header, int length) {
        byte[] key = keys.messageKey(counter, 0);
        try {
            return Engines.ofThisThread().chaCha20().apply(key, NONCE, header, length);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static void erase(byte[] key, byte[] bucketKeyOrNothing) {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(bucketKeyOrNothing, (byte) 0);
    }
}
