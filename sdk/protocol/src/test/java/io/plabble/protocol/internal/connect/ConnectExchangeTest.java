package io.plabble.protocol.internal.connect;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ConnectResponse;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps of §4, beyond what the vectors show. */
class ConnectExchangeTest {
    private static final SessionKeyPair CLIENT = keyPair(1);
    private static final SessionKeyPair SERVER = keyPair(2);
    private static final IdentityKeyPair IDENTITY = IdentityKeyPair.generate();
    private static final IdentityKey OTHER = IdentityKeyPair.generate().publicKey();
    private static final ConnectRequest REQUEST = ConnectExchange.request(CLIENT, true, false);
    private static final ConnectResponse RESPONSE = ConnectExchange.respond(REQUEST, SERVER, IDENTITY, List.of());

    /** A version that the server does not know may have a body that it does not know (step 3). */
    @ParameterizedTest
    @CsvSource({"1, 2, 6", "1, 33, 6", "1, 35, 6", "0, 34, 2", "2, 2, 2", "2, 33, 2", "2, 35, 2", "255, 34, 2"})
    void theServerSaysWhatIsWrongWithARequest(int version, int length, int code) {
        byte[] packet = Arrays.copyOf(REQUEST.encoded(), length);
        packet[1] = (byte) version;

        assertRefused(Reason.ERROR_RESPONSE, () -> ConnectExchange.receive(packet))
                .asInstanceOf(InstanceOfAssertFactories.type(PlabbleServerException.class))
                .satisfies(error -> assertThat(error.code()).isEqualTo(code));
    }

    @Test
    void aResponseNeedsAKeyAndASignature() {
        assertRefused(Reason.MALFORMED, () -> ConnectExchange.response(REQUEST, new byte[3]))
                .hasMessageEndingWith("a body of 0 bytes, needs at least 96");
    }

    @Test
    void theCertifiedKeyIsOneOfThePinned() {
        IdentityKey certified = IDENTITY.publicKey();

        assertThatCode(() -> ConnectExchange.verifyPin(certified, List.of(OTHER, certified)))
                .doesNotThrowAnyException();
        assertRefused(Reason.PINNED_KEY_MISMATCH, () -> ConnectExchange.verifyPin(certified, List.of(OTHER)))
                .hasMessageContaining(certified + " is none of the 1 pinned");
    }

    @Test
    void theSignatureIsThatOfOneOfThePinned() {
        IdentityKey signer = IDENTITY.publicKey();

        assertThat(ConnectExchange.verifySignature(REQUEST, RESPONSE, List.of(OTHER, signer)))
                .isEqualTo(signer);
        assertRefused(
                        Reason.SIGNATURE_INVALID,
                        () -> ConnectExchange.verifySignature(REQUEST, RESPONSE, List.of(OTHER)))
                .hasMessageEndingWith("does not fit the server's identity key " + OTHER);
        assertRefused(
                        Reason.SIGNATURE_INVALID,
                        () -> ConnectExchange.verifySignature(REQUEST, RESPONSE, List.of(OTHER, OTHER)))
                .hasMessageEndingWith("fits none of the 2 pinned identity keys");
    }

    private static SessionKeyPair keyPair(int seed) {
        byte[] privateKey = new byte[SessionKeyPair.LENGTH];
        privateKey[0] = (byte) seed;
        return SessionKeyPair.ofPrivateKey(privateKey);
    }
}
