package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PacketType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listener is shown of the packets. */
class WirePacketTest extends SessionFixture {
    private final List<WirePacket> packets = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @EnumSource(
            value = Encryption.class,
            names = {"ON", "OFF"})
    void everyPacketInOrderWithItsCounter(Encryption encryption) {
        PlabbleSession session = connect(client().encryption(encryption).doOnPacket(packets::add));
        done(create(session).append("hello"));

        assertThat(packets).extracting(WirePacket::isSent).containsExactly(true, false, true, false, true, false);
        assertThat(packets)
                .extracting(packet -> packet.type().orElseThrow())
                .containsExactly(
                        PacketType.CONNECT,
                        PacketType.CONNECT,
                        PacketType.CREATE,
                        PacketType.CREATE,
                        PacketType.APPEND,
                        PacketType.APPEND);
        assertThat(packets).extracting(WirePacket::counter).containsExactly(0, 0, 0, 0, 1, 1);
        boolean encrypted = encryption == Encryption.ON;
        assertThat(packets)
                .extracting(WirePacket::isEncrypted)
                .containsExactly(false, false, encrypted, encrypted, encrypted, encrypted);
    }

    @Test
    void theBytesAreThoseOnTheWireWithoutLength() {
        PlabbleSession session = connect(client().encryption(Encryption.OFF).doOnPacket(packets::add));
        done(create(session).append("hello"));

        assertThat(packets.get(0).size()).isEqualTo(34);
        assertThat(packets.get(0).bytes()).startsWith(0x40, 1);
        // TypeFlags with flag #5, BucketId, Length of the content, content, Mac
        byte[] append = packets.get(4).bytes();
        assertThat(append).hasSize(1 + 16 + 1 + 5 + 16).startsWith(0x13);
        assertThat(new String(append, 18, 5, StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(packets.get(4)).hasToString("→ APPEND counter 1, 39 bytes");
    }

    @Test
    void aListenerThatChangesItsCopyOrThrowsHarmsNobody() {
        PlabbleSession session = connect(client().doOnPacket(packet -> {
            packet.bytes()[0] ^= 0x0f;
            throw new IllegalStateException("of the listener's own");
        }));
        done(create(session).append("hello"));
    }

    @Test
    void aPacketOfAnUnknownTypeHasNone() {
        assertThat(new WirePacket(false, false, Optional.empty(), 7, new byte[3]))
                .hasToString("← ? counter 7, 3 bytes");
    }
}
