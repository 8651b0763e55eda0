package io.plabble.protocol.internal.protection;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketKey;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.testsupport.Bytes;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Only the packet that was sealed is opened, and only with what it was sealed with (§7). */
class TamperingTest {
    @ParameterizedTest
    @EnumSource
    void thePacketThatWasSealedIsOpened(SealedPacket packet) {
        assertThat(packet.open(packet.sealed())).isEqualTo(packet.body());
    }

    @ParameterizedTest
    @EnumSource
    void everyBitCounts(SealedPacket packet) {
        byte[] sealed = packet.sealed();
        for (int bit = 0; bit < Bytes.bits(sealed); bit++) {
            byte[] changed = Bytes.flipped(sealed, bit);

            assertRefused(Reason.AUTHENTICATION_FAILED, () -> packet.open(changed), "bit " + bit);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noPacketMayBeCut(SealedPacket packet) {
        int shortest = packet.header().length + PacketProtection.OVERHEAD;
        byte[] sealed = packet.sealed();
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Bytes.head(sealed, length);
            Reason reason = length < shortest ? Reason.MALFORMED : Reason.AUTHENTICATION_FAILED;

            assertRefused(reason, () -> packet.open(cut), length + " bytes");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingMayFollowAPacket(SealedPacket packet) {
        byte[] longer = Arrays.copyOf(packet.sealed(), packet.sealed().length + 1);

        assertRefused(Reason.AUTHENTICATION_FAILED, () -> packet.open(longer));
    }

    @ParameterizedTest
    @EnumSource
    void noOtherCounterOpensAPacket(SealedPacket packet) {
        int counter = SealedPacket.COUNTER;
        for (int other : new int[] {0, counter - 1, counter + 1, counter ^ 0x0100, 0xfffe}) {
            assertRefused(
                    Reason.AUTHENTICATION_FAILED,
                    () -> packet.open(packet.protection(), other, packet.sealed(), packet.key()),
                    "counter " + other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noOtherSessionOpensAPacket(SealedPacket packet) {
        SharedSecret other = SharedSecret.of(new byte[SharedSecret.LENGTH]);

        assertRefused(
                Reason.AUTHENTICATION_FAILED,
                () -> packet.open(
                        PacketProtection.of(other, packet.encrypted),
                        SealedPacket.COUNTER,
                        packet.sealed(),
                        packet.key()));
    }

    @ParameterizedTest
    @EnumSource
    void theOtherModeOpensNoPacket(SealedPacket packet) {
        assertRefused(
                Reason.AUTHENTICATION_FAILED,
                () -> packet.open(
                        PacketProtection.of(SealedPacket.SESSION_KEY, !packet.encrypted),
                        SealedPacket.COUNTER,
                        packet.sealed(),
                        packet.key()));
    }

    @ParameterizedTest
    @EnumSource
    void noOtherBucketKeyOpensAPacket(SealedPacket packet) {
        assertRefusedWith(packet, BucketKey.of(new byte[BucketKey.LENGTH]));
    }

    @ParameterizedTest
    @EnumSource(names = ".*_WITH_BUCKET_KEY", mode = EnumSource.Mode.MATCH_ALL)
    void whoDoesNotHoldTheBucketKeyOpensNoPacketThatProvesIt(SealedPacket packet) {
        assertRefusedWith(packet, null);
    }

    private static void assertRefusedWith(SealedPacket packet, BucketKey key) {
        assertRefused(
                Reason.AUTHENTICATION_FAILED,
                () -> packet.open(packet.protection(), SealedPacket.COUNTER, packet.sealed(), key));
    }
}
