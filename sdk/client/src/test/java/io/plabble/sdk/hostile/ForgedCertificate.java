package io.plabble.sdk.hostile;

import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.crypto.IdentityKeyPair;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * A certificate (§5) that is valid but for what a row changes; what it changes before the signature is signed. Production code
 * makes none that is not well formed, hence this one.
 */
final class ForgedCertificate {
    private byte[] name;
    private byte[] key;
    private final IdentityKeyPair issuer;
    private Instant from = Parties.NOW.minus(Duration.ofHours(1));
    private Instant to = Parties.NOW.plus(Duration.ofHours(1));
    private UnaryOperator<byte[]> content = UnaryOperator.identity();
    private UnaryOperator<byte[]> signature = UnaryOperator.identity();
    private int length = -1;

    ForgedCertificate(String name, IdentityKeyPair subject, IdentityKeyPair issuer) {
        this.name = Bytes.utf8(name);
        this.key = subject.publicKey().bytes();
        this.issuer = issuer;
    }

    ForgedCertificate name(byte[] bytes) {
        name = bytes;
        return this;
    }

    ForgedCertificate key(byte[] bytes) {
        key = bytes;
        return this;
    }

    ForgedCertificate from(Instant first) {
        from = first;
        return this;
    }

    ForgedCertificate to(Instant last) {
        to = last;
        return this;
    }

    /** Changes what is signed, and only that. */
    ForgedCertificate content(UnaryOperator<byte[]> change) {
        content = change;
        return this;
    }

    ForgedCertificate signature(UnaryOperator<byte[]> change) {
        signature = change;
        return this;
    }

    /** Another Length byte than the right one. */
    ForgedCertificate length(int value) {
        length = value;
        return this;
    }

    /** With its Length byte. */
    byte[] encoded() {
        byte[] head = ByteBuffer.allocate(key.length + 2 * Integer.BYTES)
                .put(key)
                .putInt((int) PlabbleTimestamp.of(from).seconds())
                .putInt((int) PlabbleTimestamp.of(to).seconds())
                .array();
        byte[] signed = signature.apply(issuer.sign(content.apply(Bytes.concat(head, name))));
        byte[] fields = Bytes.concat(head, signed, name);
        return Bytes.concat(Bytes.of(length < 0 ? fields.length : length), fields);
    }
}
