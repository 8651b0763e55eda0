package io.plabble.protocol.internal.protection;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.internal.crypto.Engines;
import io.plabble.protocol.internal.crypto.Poly1305Mac;
import io.plabble.protocol.internal.crypto.Sha256;
import io.plabble.protocol.internal.packet.TypeFlags;
import java.nio.ByteBuffer;
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
        int macOffset = header.length + body.length;
        byte[] packet = Arrays.copyOf(header, macOffset + OVERHEAD);
        packet[0] |= TypeFlags.MAC;
        System.arraycopy(body, 0, packet, header.length, body.length);
        mac(counter, packet, header.length, bucketKey, packet, macOffset);
        return packet;
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
    ByteBuffer doOpenBody(int counter, byte[] header, byte[] packet, @Nullable BucketKey bucketKey) {
        int macOffset = packet.length - OVERHEAD;
        byte[] mac = new byte[OVERHEAD];
        mac(counter, packet, header.length, bucketKey, mac, 0);
        if (!MessageDigest.isEqual(mac, Arrays.copyOfRange(packet, macOffset, packet.length))) {
            throw authenticationFailed("the MAC does not fit");
        }
        return ByteBuffer.wrap(packet, header.length, macOffset - header.length);
    }

    /** Writes the MAC of this packet, whose header has flag #5 and whose own MAC is not looked at. */
    private void mac(
            int counter, byte[] packet, int headerLength, @Nullable BucketKey bucketKey, byte[] output, int offset) {
        byte[] bucketKeyOrNothing = copyOrNothing(bucketKey);
        byte[] key = keys.messageKey(counter, 0);
        Poly1305Mac poly1305 = Engines.ofThisThread().poly1305();
        try {
            poly1305.begin(key);
            poly1305.update(packet, 0, headerLength);
            poly1305.update(Sha256.digest(packet, headerLength, packet.length - OVERHEAD - headerLength));
            poly1305.update(bucketKeyOrNothing);
            poly1305.finish(output, offset);
        } finally {
            poly1305.erase();
            Arrays.fill(key, (byte) 0);
            Arrays.fill(bucketKeyOrNothing, (byte) 0);
        }
    }
}
