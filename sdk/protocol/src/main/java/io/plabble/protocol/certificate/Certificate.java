package io.plabble.protocol.certificate;

import io.plabble.protocol.PeerText;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.internal.crypto.Ed25519PublicKey;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A Plabble certificate (§5): an Ed25519 key, the host it belongs to, a window of validity, and the issuer's signature.
 * Every instance is well formed; whether to trust it is {@link CertificateVerifier}'s to say.
 *
 * <pre>{@code Length[1] PublicKey[32] ValidFrom[4] ValidTo[4] Signature[64] Name[1–151]}</pre>
 */
public final class Certificate {
    /** The longest name in bytes of UTF-8. */
    public static final int LONGEST_NAME = 151;

    private static final int LENGTH_BYTES = 1;
    private static final int WINDOW_OFFSET = IdentityKey.LENGTH;
    private static final int SIGNATURE_OFFSET = WINDOW_OFFSET + 2 * Integer.BYTES;
    private static final int NAME_OFFSET = SIGNATURE_OFFSET + Ed25519PublicKey.SIGNATURE_LENGTH;

    private final byte[] encoded;
    private final IdentityKey publicKey;
    private final PlabbleTimestamp validFrom;
    private final PlabbleTimestamp validTo;
    private final String name;

    private Certificate(
            byte[] encoded, IdentityKey publicKey, PlabbleTimestamp validFrom, PlabbleTimestamp validTo, String name) {
        this.encoded = encoded;
        this.publicKey = publicKey;
        this.validFrom = validFrom;
        this.validTo = validTo;
        this.name = name;
    }

    /**
     * Reads exactly one certificate.
     *
     * @param bytes the certificate with its Length byte
     * @throws PlabbleProtocolException with reason {@code malformed}
     */
    public static Certificate parse(byte[] bytes) {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        Certificate certificate = read(source, TrustStore.empty());
        if (source.hasRemaining()) {
            throw PlabbleProtocolException.malformed(
                    "certificate: " + source.remaining() + " bytes follow the announced Length");
        }
        return certificate;
    }

    /** Reads the next certificate of a chain; decoding its key costs a square root, unless the trust store has done so. */
    static Certificate read(ByteBuffer source, TrustStore known) {
        if (!source.hasRemaining()) {
            throw PlabbleProtocolException.malformed("certificate: no Length byte");
        }
        int length = source.get(source.position()) & 0xff;
        if (length <= NAME_OFFSET) {
            throw PlabbleProtocolException.malformed(
                    "certificate: Length " + length + ", needs " + (NAME_OFFSET + 1) + " to 255");
        }
        if (source.remaining() < LENGTH_BYTES + length) {
            throw PlabbleProtocolException.malformed("certificate: Length " + length + ", but only "
                    + (source.remaining() - LENGTH_BYTES) + " bytes are there");
        }
        byte[] encoded = new byte[LENGTH_BYTES + length];
        source.get(encoded);
        return known.find(encoded).orElseGet(() -> decode(encoded));
    }

    private static Certificate decode(byte[] encoded) {
        ByteBuffer fields = ByteBuffer.wrap(encoded, LENGTH_BYTES, encoded.length - LENGTH_BYTES)
                .slice();
        String name = decodeName(fields);
        PlabbleTimestamp validFrom = timestamp(fields.getInt(WINDOW_OFFSET));
        PlabbleTimestamp validTo = timestamp(fields.getInt(WINDOW_OFFSET + Integer.BYTES));
        if (validFrom.compareTo(validTo) > 0) {
            throw PlabbleProtocolException.malformed("certificate for \"" + PeerText.printable(name) + "\": begins at "
                    + validFrom + ", after its end " + validTo);
        }
        Ed25519PublicKey key = Ed25519PublicKey.decode(encoded, LENGTH_BYTES)
                .orElseThrow(() -> PlabbleProtocolException.malformed("certificate for \"" + PeerText.printable(name)
                        + "\": its public key is not a canonical Ed25519 point of large order"));
        return new Certificate(encoded, IdentityKey.of(key), validFrom, validTo, name);
    }

    private static String decodeName(ByteBuffer fields) {
        String name;
        try {
            name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(fields.slice(NAME_OFFSET, fields.capacity() - NAME_OFFSET))
                    .toString();
        } catch (CharacterCodingException e) {
            throw PlabbleProtocolException.malformed("certificate: its name is not UTF-8");
        }
        if (hasControlOrSpace(name)) {
            throw PlabbleProtocolException.malformed(
                    "certificate: control characters or spaces in its name \"" + PeerText.printable(name) + "\"");
        }
        return name;
    }

    private static boolean hasControlOrSpace(String name) {
        return name.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.isSpaceChar(c) || Character.isWhitespace(c));
    }

    private static PlabbleTimestamp timestamp(int u32) {
        return new PlabbleTimestamp(Integer.toUnsignedLong(u32));
    }

    /** Puts a new certificate together; {@code sign} gets the bytes that the issuer signs. */
    static Certificate create(
            IdentityKey publicKey, PlabbleTimestamp validFrom, PlabbleTimestamp validTo, String name, Signer issuer) {
        byte[] nameBytes = checkedName(name);
        if (validFrom.compareTo(validTo) > 0) {
            throw new PlabbleConfigurationException("certificate for \"" + PeerText.printable(name) + "\": begins at "
                    + validFrom + ", after its end " + validTo);
        }
        byte[] signed = ByteBuffer.allocate(SIGNATURE_OFFSET + nameBytes.length)
                .put(publicKey.bytes())
                .putInt((int) validFrom.seconds())
                .putInt((int) validTo.seconds())
                .put(nameBytes)
                .array();
        int length = NAME_OFFSET + nameBytes.length;
        byte[] encoded = ByteBuffer.allocate(LENGTH_BYTES + length)
                .put((byte) length)
                .put(signed, 0, SIGNATURE_OFFSET)
                .put(issuer.sign(signed))
                .put(nameBytes)
                .array();
        return new Certificate(encoded, publicKey, validFrom, validTo, name);
    }

    private static byte[] checkedName(String name) {
        if (name == null || name.isEmpty() || hasControlOrSpace(name)) {
            throw new PlabbleConfigurationException("certificate: a name has 1 to " + LONGEST_NAME
                    + " bytes of UTF-8 without control characters and spaces");
        }
        byte[] bytes;
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
        } catch (CharacterCodingException e) {
            throw new PlabbleConfigurationException("certificate: the name is no valid Unicode", e);
        }
        if (bytes.length > LONGEST_NAME) {
            throw new PlabbleConfigurationException(
                    "certificate: a name of " + bytes.length + " bytes, at most " + LONGEST_NAME);
        }
        return bytes;
    }

    /** The certified key; for a server, its identity key. */
    public IdentityKey publicKey() {
        return publicKey;
    }

    /** The first second of validity. */
    public PlabbleTimestamp validFrom() {
        return validFrom;
    }

    /** The last second of validity. */
    public PlabbleTimestamp validTo() {
        return validTo;
    }

    /** The host name or IP address that the key belongs to: 1 to 151 bytes of UTF-8, as the issuer wrote it. */
    public String name() {
        return name;
    }

    /** The issuer's 64-byte signature over {@link #signedContent()}. */
    public byte[] signature() {
        return Arrays.copyOfRange(encoded, LENGTH_BYTES + SIGNATURE_OFFSET, LENGTH_BYTES + NAME_OFFSET);
    }

    /** What the issuer signs: {@code PublicKey || ValidFrom || ValidTo || Name} (D6). */
    public byte[] signedContent() {
        int nameLength = encoded.length - LENGTH_BYTES - NAME_OFFSET;
        byte[] content = new byte[SIGNATURE_OFFSET + nameLength];
        System.arraycopy(encoded, LENGTH_BYTES, content, 0, SIGNATURE_OFFSET);
        System.arraycopy(encoded, LENGTH_BYTES + NAME_OFFSET, content, SIGNATURE_OFFSET, nameLength);
        return content;
    }

    /** The certificate with its Length byte, 106 to 256 bytes. */
    public byte[] encoded() {
        return encoded.clone();
    }

    boolean isSignedBy(IdentityKey issuer) {
        return issuer.verifies(signedContent(), signature());
    }

    boolean isEncodedAs(byte[] bytes) {
        return Arrays.equals(encoded, bytes);
    }

    /** The same key under the same name, byte for byte: what makes a certificate one of the trust store's (§5, rule 2). */
    boolean hasSameKeyAndName(Certificate other) {
        return publicKey.equals(other.publicKey) && name.equals(other.name);
    }

    /** Byte for byte. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "Certificate[name=" + PeerText.printable(name) + ", validFrom=" + validFrom + ", validTo=" + validTo
                + ", publicKey=" + publicKey + "]";
    }

    /** Signs the content of a certificate. */
    @FunctionalInterface
    interface Signer {
        byte[] sign(byte[] content);
    }
}
