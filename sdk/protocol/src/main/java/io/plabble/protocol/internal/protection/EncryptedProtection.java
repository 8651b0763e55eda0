package io.plabble.protocol.internal.protection;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.internal.crypto.ChaCha20;
import io.plabble.protocol.internal.crypto.ChaCha20Poly1305Aead;
import io.plabble.protocol.internal.packet.TypeFlags;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encrypted mode (§7): {@code ChaCha20(key(0), nonce, header) || ChaCha20-Poly1305(key(1), nonce, aad = header || [bucket key],
 * body)}, flag #5 clear.
 */
final class EncryptedProtection extends PacketProtection {
    private static final byte[] NONCE = new byte[12]; // every message has keys of its own

    private final ChaCha20 chaCha20 = new ChaCha20();
    private final ChaCha20Poly1305Aead aead = new ChaCha20Poly1305Aead();

    EncryptedProtection(KeySchedule keys) {
        super(keys);
    }

    @Override
    byte[] doSeal(int counter, byte[] header, byte[] body, @Nullable BucketKey bucketKey) {
        byte[] key = keys.messageKey(counter, 1);
        byte[] associatedData = withBucketKey(header, bucketKey);
        try {
            return concatenate(
                    applyToHeader(counter, header, header.length), aead.seal(key, NONCE, associatedData, body));
        } finally {
            erase(key, associatedData, header);
        }
    }

    @Override
    byte[] doOpenHeader(int counter, byte[] packet, int headerLength) {
        return applyToHeader(counter, packet, headerLength);
    }

    @Override
    byte[] doOpenBody(int counter, byte[] header, byte[] packet, @Nullable BucketKey bucketKey) {
        byte[] key = keys.messageKey(counter, 1);
        byte[] associatedData = withBucketKey(header, bucketKey);
        try {
            byte[] body = aead.open(key, NONCE, associatedData, packet, header.length)
                    .orElseThrow(() -> authenticationFailed("the tag does not fit"));
            if ((header[0] & TypeFlags.MAC) != 0) {
                throw PlabbleProtocolException.malformed("an encrypted packet that announces a MAC");
            }
            return body;
        } finally {
            erase(key, associatedData, header);
        }
    }

    private byte[] applyToHeader(int counter, byte[] header, int length) {
        byte[] key = keys.messageKey(counter, 0);
        try {
            return chaCha20.apply(key, NONCE, header, length);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The associated data is the header itself where there is no bucket key. */
    private static void erase(byte[] key, byte[] associatedData, byte[] header) {
        Arrays.fill(key, (byte) 0);
        if (associatedData != header) {
            Arrays.fill(associatedData, (byte) 0);
        }
    }
}
