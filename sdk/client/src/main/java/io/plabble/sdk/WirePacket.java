package io.plabble.sdk;

import io.plabble.protocol.PacketType;
import java.util.Optional;

/**
 * A packet as it travels, for whoever wants to look at it; see {@link PlabbleClient#doOnPacket}. Holds no key. Its bytes hold the
 * contents of slots, in the clear unless the session is encrypted.
 */
public final class WirePacket {
    private final boolean sent;
    private final boolean encrypted;
    private final Optional<PacketType> type;
    private final int counter;
    private final byte[] bytes;

    /** Made by the SDK. */
    public WirePacket(boolean sent, boolean encrypted, Optional<PacketType> type, int counter, byte[] bytes) {
        this.sent = sent;
        this.encrypted = encrypted;
        this.type = type;
        this.counter = counter;
        this.bytes = bytes.clone();
    }

    /** Whether this end has sent it; else it has come. */
    public boolean isSent() {
        return sent;
    }

    /** Whether it is encrypted by Plabble (§7); CONNECT never is. */
    public boolean isEncrypted() {
        return encrypted;
    }

    /** The type that it claims; empty if it has none that is known, which ends the session. */
    public Optional<PacketType> type() {
        return type;
    }

    /** The sender's counter (§6); 0 for CONNECT, which does not count. */
    public int counter() {
        return counter;
    }

    /** A copy of the packet as it travels, without Length (§3). */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes it has, without Length. */
    public int size() {
        return bytes.length;
    }

    /** Type, counter and size; not the bytes. */
    @Override
    public String toString() {
        return (sent ? "→ " : "← ") + type.map(PacketType::name).orElse("?") + " counter " + counter + ", "
                + bytes.length + " bytes" + (encrypted ? ", encrypted" : "");
    }
}
