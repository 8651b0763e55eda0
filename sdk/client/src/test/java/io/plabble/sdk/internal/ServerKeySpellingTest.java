package io.plabble.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ConnectResponse;
import io.plabble.sdk.internal.sessions.CountedTime;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.Frames;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * What X25519 ignores of the server's key (RFC 7748 §5): the topmost bit of its last byte, and whether a u-coordinate below 19 is
 * written as u or as u + p. Every other bit changes the session key. A signature covers the key as it is written, so that none of
 * this is of use to anybody; only an unauthenticated session takes another spelling.
 */
class ServerKeySpellingTest {
    private static final int TOPMOST_BIT = 255;
    private static final int SPELLED_TWICE = 19;
    private static final int BASE_POINT = 9;

    private final CountedTime time = CountedTime.begin();
    private final IdentityKeyPair identity = IdentityKeyPair.generate();
    private final SessionKeyPair client = keyPair(1);
    private final Settings unauthenticated = settings().withVerification(Verification::withoutAuthentication);
    private final Settings pinned = settings().withVerification(how -> how.withPins(List.of(identity.publicKey())));

    @AfterEach
    void endTime() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void withoutASignatureX25519IgnoresTheTopmostBitAndNoOther() {
        byte[] key = keyPair(2).publicKey();
        String sessionKey = sessionKey(key);
        for (int bit = 0; bit < TOPMOST_BIT; bit++) {
            assertThat(sessionKey(Bytes.flipped(key, bit))).as("bit %d", bit).isNotEqualTo(sessionKey);
        }
        assertThat(sessionKey(Bytes.flipped(key, TOPMOST_BIT))).isEqualTo(sessionKey);
    }

    @Test
    void withoutASignatureX25519IgnoresHowASmallCoordinateIsWritten() {
        for (int u = 2; u < SPELLED_TWICE; u++) {
            assertThat(sessionKey(plusP(u))).as("u = %d", u).isEqualTo(sessionKey(canonical(u)));
        }
    }

    @Test
    void zeroAndOneAreOfLowOrderInEverySpelling() {
        for (byte[] key : List.of(canonical(0), canonical(1), plusP(0), plusP(1))) {
            assertThat(answered(unauthenticated, key, key).reason()).isEqualTo(Reason.SHARED_SECRET_ZERO);
            assertThat(answered(unauthenticated, Bytes.flipped(key, TOPMOST_BIT), key)
                            .reason())
                    .isEqualTo(Reason.SHARED_SECRET_ZERO);
        }
    }

    @Test
    void theSignatureCoversWhatX25519Ignores() {
        byte[] key = canonical(BASE_POINT);

        assertThat(answered(pinned, key, key)).isInstanceOf(Outcome.Connected.class);
        for (byte[] respelled : List.of(Bytes.flipped(key, TOPMOST_BIT), plusP(BASE_POINT))) {
            assertThat(sessionKey(respelled)).isEqualTo(sessionKey(key));
            assertThat(answered(pinned, respelled, key).reason()).isEqualTo(Reason.SIGNATURE_INVALID);
            assertThat(answered(pinned, respelled, respelled)).isInstanceOf(Outcome.Connected.class);
        }
    }

    private String sessionKey(byte[] serverKey) {
        Outcome outcome = answered(unauthenticated, serverKey, serverKey);
        assertThat(outcome).isInstanceOf(Outcome.Connected.class);
        return ((Outcome.Connected) outcome).sessionKey();
    }

    /** What comes of an answer with one key, and the signature over another. */
    private Outcome answered(Settings settings, byte[] sent, byte[] signed) {
        ConnectRequest request = ConnectExchange.request(client, settings.encrypted(), false);
        byte[] signature = identity.sign(ConnectExchange.signedContent(request, signed));
        return MemoryConnection.play(
                settings, time, Frames.withLength(new ConnectResponse(sent, signature, List.of()).encoded()));
    }

    private static Settings settings() {
        return Settings.of(Endpoint.tcp("127.0.0.1", 4242))
                .withOrigins(origins -> origins.withKeyPairs(random -> keyPair(1)));
    }

    private static SessionKeyPair keyPair(int number) {
        byte[] privateKey = new byte[SessionKeyPair.LENGTH];
        Arrays.fill(privateKey, (byte) number);
        return SessionKeyPair.ofPrivateKey(privateKey);
    }

    /** Little-endian (RFC 7748 §5). */
    private static byte[] canonical(int u) {
        byte[] key = new byte[SessionKeyPair.LENGTH];
        key[0] = (byte) u;
        return key;
    }

    /** The same coordinate plus p = 2^255 - 19. */
    private static byte[] plusP(int u) {
        byte[] key = new byte[SessionKeyPair.LENGTH];
        Arrays.fill(key, (byte) 0xff);
        key[0] = (byte) (0xed + u);
        key[SessionKeyPair.LENGTH - 1] = 0x7f;
        return key;
    }
}
