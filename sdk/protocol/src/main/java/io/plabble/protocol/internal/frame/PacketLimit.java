package io.plabble.protocol.internal.frame;

/** How long the packets may be that a transport takes; checked before memory is allocated for them. On the event loop. */
public interface PacketLimit {
    /** From now on, a packet is out of place: nothing was asked for (§4). */
    void expectNothing();

    /** From the next packet on, at most this many bytes are taken, without Length. */
    void accept(int limit);
}
