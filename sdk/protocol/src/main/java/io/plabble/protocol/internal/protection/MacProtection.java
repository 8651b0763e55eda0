package io.plabble.protocol.internal.protection;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.internal.crypto.Engines;
import io.plabble.protocol.internal.crypto.Sha256;
import io.plabble.protocol.internal.packet.TypeFlags;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * MAC mode (§7): header and body travel in the clear, flag #5 is set, and {@code Poly1305(key(0), header || SHA-256(body) ||
 * [bucket key])} follows.
 */
final class MacProtection extends PacketProtection {
    MacProtection(KeySchedule keys) {
        super(keys);
    }

    @Override
    byte[] doSeal(int counter, byte[] header, byte[] body, @Nullable BucketKey bucketKey) {
        byte[] flagged = header.clone();
        flagged[0] |= TypeFlags.MAC;
        return concatenate(flagged, body, mac(counter, flagged, body, bucketKey));
    }

    @Override
    byte[] doOpenHeader(int counter, byte[] packet, int headerLength) {
        if ((packet[0] & TypeFlags.MAC) == 0) {
            throw authenticationFailed("a packet without a MAC");
        }
        byte[] header = Arrays.copyOf(packet, headerLength);
        header[0] &= ~TypeFlags.MAC;
        return header;
    }

    @Override
    byte[] doOpenBody(int counter, byte[] header, byte[] packet, @Nullable BucketKey bucketKey) {
        int macOffset = packet.length - OVERHEAD;
        byte[] body = Arrays.copyOfRange(packet, header.length, macOffset);
        byte[] flagged = Arrays.copyOf(packet, header.length);
        byte[] mac = Arrays.copyOfRange(packet, macOffset, packet.length);
        if (!MessageDigest.isEqual(mac, mac(counter, flagged, body, bucketKey))) {
            throw authenticationFailed("the MAC does not fit");
        }
        return body;
    }

    private byte[] mac(int counter, byte[] header, byte[] body, @Nullable BucketKey bucketKey) {
        byte[] bucketKeyOrNothing = copyOrNothing(bucketKey);
        byte[] key = keys.messageKey(counter, 0);
        try {
            return Engines.ofThisThread().poly1305().mac(key, header, Sha256.digest(body), bucketKeyOrNothing);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(bucketKeyOrNothing, (byte) 0);
        }
    }
}
