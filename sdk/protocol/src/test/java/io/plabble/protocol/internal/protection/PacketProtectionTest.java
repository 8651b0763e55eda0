package io.plabble.protocol.internal.protection;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.TypeFlags;
import io.plabble.testsupport.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PacketProtectionTest {
    private static final int COUNTER = SealedPacket.COUNTER;

    @ParameterizedTest
    @EnumSource
    void protectionAdds16Bytes(SealedPacket packet) {
        assertThat(packet.sealed()).hasSize(packet.header().length + packet.body().length + PacketProtection.OVERHEAD);
        assertThat(PacketProtection.OVERHEAD).isEqualTo(16);
    }

    @ParameterizedTest
    @EnumSource
    void theHeaderIsReadWithoutItsMacFlag(SealedPacket packet) {
        assertThat(packet.protection().openHeader(COUNTER, packet.sealed(), packet.header().length))
                .isEqualTo(packet.header());
    }

    @Test
    void onlyMacModeLeavesAPacketReadable() {
        byte[] header = SealedPacket.MAC_REQUEST.header();
        header[0] |= TypeFlags.MAC;

        assertThat(SealedPacket.MAC_REQUEST.sealed()).startsWith(header);
        assertThat(text(SealedPacket.MAC_REQUEST.sealed())).contains(text(SealedPacket.MAC_REQUEST.body()));
        assertThat(text(SealedPacket.ENCRYPTED_REQUEST.sealed()))
                .doesNotContain(text(SealedPacket.ENCRYPTED_REQUEST.header()))
                .doesNotContain("content");
    }

    @Test
    void anEncryptedPacketAnnouncesNoMac() {
        SealedPacket packet = SealedPacket.ENCRYPTED_RESPONSE;
        byte[] header = packet.header();
        header[0] |= TypeFlags.MAC;

        byte[] authentic = packet.protection().seal(COUNTER, header, packet.body(), null);

        assertRefused(Reason.MALFORMED, () -> packet.open(authentic));
    }

    @Test
    void aPacketOfMacModeAnnouncesItsMac() {
        SealedPacket packet = SealedPacket.MAC_RESPONSE;
        byte[] unprotected = Bytes.join(packet.header(), packet.body(), new byte[16]);

        assertRefused(Reason.AUTHENTICATION_FAILED, () -> packet.open(unprotected))
                .hasMessageContaining("without a MAC");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSealedStaysAsItIs(SealedPacket packet) {
        byte[] header = packet.header();
        byte[] body = packet.body();

        packet.protection().seal(COUNTER, header, body, packet.key());

        assertThat(header).isEqualTo(packet.header());
        assertThat(body).isEqualTo(packet.body());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOpenedStaysAsItIs(SealedPacket packet) {
        byte[] sealed = packet.sealed();

        packet.open(sealed);

        assertThat(sealed).isEqualTo(packet.sealed());
    }

    @ParameterizedTest
    @EnumSource
    void aServerTriesWithTheBucketKeyAndThenWithout(SealedPacket packet) {
        PacketProtection server = packet.protection();
        BucketKey key = packet.key() == null ? BucketKey.of(new byte[BucketKey.LENGTH]) : null; // the wrong one first
        byte[] sealed = packet.sealed();

        assertRefused(Reason.AUTHENTICATION_FAILED, () -> packet.open(server, COUNTER, sealed, key));
        assertThat(packet.open(server, COUNTER, sealed, packet.key())).isEqualTo(packet.body());
    }

    @ParameterizedTest
    @EnumSource
    void aBucketKeyStaysTheCallers(SealedPacket packet) {
        BucketKey key = BucketKey.ofHex("01".repeat(BucketKey.LENGTH));
        PacketProtection protection = packet.protection();

        protection.seal(COUNTER, packet.header(), packet.body(), key);
        protection.destroy();

        assertThat(key.isDestroyed()).isFalse();
        assertThat(key.copy()).containsOnly(1);
    }

    @ParameterizedTest
    @EnumSource
    void aBucketKeyThatWasErasedProtectsNothing(SealedPacket packet) {
        BucketKey key = BucketKey.of(new byte[BucketKey.LENGTH]);
        key.destroy();

        assertThatIllegalStateException()
                .isThrownBy(() -> packet.protection().seal(COUNTER, packet.header(), packet.body(), key))
                .withMessageContaining("bucket key");
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSealedOrOpenedOnceTheKeysAreErased(SealedPacket packet) {
        PacketProtection protection = packet.protection();
        byte[] sealed = packet.sealed();
        byte[] key = protection.keys.messageKey(COUNTER, 0);
        assertThat(protection.isDestroyed()).isFalse();

        protection.destroy();

        assertThat(protection.keys.messageKey(COUNTER, 0)).isNotEqualTo(key);

        assertThat(protection.isDestroyed()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> protection.seal(COUNTER, packet.header(), packet.body(), packet.key()));
        assertThatIllegalStateException()
                .isThrownBy(() -> protection.openHeader(COUNTER, sealed, packet.header().length));
        assertThatIllegalStateException()
                .isThrownBy(() -> protection.openBody(COUNTER, packet.header(), sealed, packet.key()));
        assertThatIllegalStateException()
                .isThrownBy(() -> protection.bucketKey(BucketId.of(new byte[BucketId.LENGTH]), COUNTER));
    }

    @ParameterizedTest
    @EnumSource
    void theSessionKeyMayBeErasedOnceTheProtectionIsThere(SealedPacket packet) {
        SharedSecret sessionKey = SharedSecret.of(SealedPacket.SESSION_KEY.copy());
        PacketProtection protection = PacketProtection.of(sessionKey, packet.encrypted);

        sessionKey.destroy();

        assertThat(packet.open(protection, COUNTER, packet.sealed(), packet.key()))
                .isEqualTo(packet.body());
    }

    @ParameterizedTest
    @EnumSource
    void noTwoPacketsInARowAreSealedWithOneCounter(SealedPacket packet) {
        PacketProtection protection = packet.protection();
        byte[] header = packet.header();
        byte[] body = packet.body();
        BucketKey erased = BucketKey.of(new byte[BucketKey.LENGTH]);
        erased.destroy();
        assertThatIllegalStateException().isThrownBy(() -> protection.seal(COUNTER, header, body, erased));

        protection.seal(COUNTER, header, body, packet.key()); // the one before was not sealed

        assertThatIllegalArgumentException()
                .isThrownBy(() -> protection.seal(COUNTER, header, body, packet.key()))
                .withMessageContaining("counter " + COUNTER);
        assertThat(protection.seal(COUNTER + 1, header, body, packet.key())).hasSize(packet.sealed().length);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
