package io.plabble.protocol.internal.packet;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleProtocolException;
import java.util.HexFormat;
import java.util.Optional;

/** The first byte of every packet (§3): the type in the low nibble, the flags in the high one (D1). */
public final class TypeFlags {
    /** Flag #5: a MAC follows the body. */
    public static final int MAC = 0x10;
    /** Flag #6: encrypt (CONNECT), delete the bucket (WIPE), else also subscribe. */
    static final int FLAG_6 = 0x20;
    /** Flag #7: send the chain (CONNECT), do not persist (CREATE). */
    static final int FLAG_7 = 0x40;

    private static final int TYPE_BITS = 0x0f;

    private TypeFlags() {}

    static byte of(PacketType type, int flags) {
        return (byte) (type.value() | flags);
    }

    /** The type, or empty for a reserved one. */
    public static Optional<PacketType> claimedType(byte typeFlags) {
        return PacketType.of(typeFlags & TYPE_BITS);
    }

    /** @throws PlabbleProtocolException with reason {@code malformed} for a reserved type */
    static PacketType type(byte typeFlags) {
        return claimedType(typeFlags)
                .orElseThrow(() ->
                        PlabbleProtocolException.malformed("a packet of the reserved type " + (typeFlags & TYPE_BITS)));
    }

    static int flags(byte typeFlags) {
        return typeFlags & 0xff & ~TYPE_BITS;
    }

    /** @throws PlabbleProtocolException with reason {@code malformed} if other flags are set */
    static int flags(byte typeFlags, int allowed) {
        int flags = flags(typeFlags);
        if ((flags & ~allowed) != 0) {
            throw PlabbleProtocolException.malformed(
                    "reserved flags in TypeFlags 0x" + HexFormat.of().toHexDigits(typeFlags));
        }
        return flags;
    }
}
