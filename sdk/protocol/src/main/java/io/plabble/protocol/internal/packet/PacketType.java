package io.plabble.protocol.internal.packet;

/** The packet types of §3 that the SDK speaks: the low nibble of TypeFlags (D1). */
public enum PacketType {
    CONNECT(0),
    ERROR(15);

    private static final int TYPE_BITS = 0x0f;

    private final int value;

    PacketType(int value) {
        this.value = value;
    }

    /** The byte with this type and these flags. */
    byte with(int flags) {
        return (byte) (value | flags);
    }

    /** Whether TypeFlags says this type, whatever the flags. */
    boolean isIn(byte typeFlags) {
        return (typeFlags & TYPE_BITS) == value;
    }

    static int flagsOf(byte typeFlags) {
        return typeFlags & 0xff & ~TYPE_BITS;
    }

    static int typeOf(byte typeFlags) {
        return typeFlags & TYPE_BITS;
    }
}
