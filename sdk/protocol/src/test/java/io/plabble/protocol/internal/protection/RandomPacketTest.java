package io.plabble.protocol.internal.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.BucketResponse;
import io.plabble.protocol.internal.packet.RandomPackets;
import java.util.HexFormat;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one end seals, the other opens; whatever else arrives is refused as a protocol fault. */
class RandomPacketTest {
    private static final long SEED = 20_260_303;
    private static final int ROUNDS = 2_000;
    private static final int LONGEST = 60;

    private final RandomPackets packets = new RandomPackets(new Random(SEED));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyRequestIsOpenedAsItWasSealed(boolean encrypted) {
        for (int round = 0; round < ROUNDS; round++) {
            SharedSecret sessionKey = sessionKey();
            BucketRequest request = packets.request();
            BucketKey key = round % 2 == 0 ? BucketKey.of(packets.bytes(BucketKey.LENGTH)) : null;
            int counter = packets.counter();

            byte[] packet = Packets.seal(PacketProtection.of(sessionKey, encrypted), counter, request, key);

            assertThat(Packets.openRequest(PacketProtection.of(sessionKey, encrypted), counter, packet, key))
                    .as(label(round))
                    .isEqualTo(request);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyResponseIsOpenedAsItWasSealed(boolean encrypted) {
        for (int round = 0; round < ROUNDS; round++) {
            SharedSecret sessionKey = sessionKey();
            BucketResponse response = packets.response();
            int counter = packets.counter();

            byte[] packet = Packets.seal(PacketProtection.of(sessionKey, encrypted), counter, response);

            assertThat(Packets.openResponse(PacketProtection.of(sessionKey, encrypted), counter, packet))
                    .as(label(round))
                    .isEqualTo(response);
        }
    }

    /** By one and the same protection, so that nothing that arrives leaves it in disorder. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void randomPacketsAreRefused(boolean encrypted) {
        PacketProtection protection = PacketProtection.of(sessionKey(), encrypted);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] packet = packets.bytes(packets.counter() % LONGEST);
            int counter = packets.counter();

            assertRefused(() -> Packets.openRequest(protection, counter, packet, null), packet, round);
            assertRefused(() -> Packets.openResponse(protection, counter, packet), packet, round);
        }
    }

    private SharedSecret sessionKey() {
        return SharedSecret.of(packets.bytes(SharedSecret.LENGTH));
    }

    private static void assertRefused(ThrowingCallable open, byte[] packet, int round) {
        assertThat(catchThrowable(open))
                .as("%s, packet %s", label(round), HexFormat.of().formatHex(packet))
                .isInstanceOf(PlabbleProtocolException.class);
    }

    private static String label(int round) {
        return "seed " + SEED + ", round " + round;
    }
}
