package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.VectorSource;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The recorded exchanges of {@code connect.json} and {@code connect-negative.json}, replayed through a real socket. */
class ConnectVectorsTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final VectorFile VALID = VectorFile.named("connect.json");
    private static final VectorFile NEGATIVE = VectorFile.named("connect-negative.json");
    private static final PlabbleTestServer SERVER = PlabbleTestServer.start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @VectorSource(file = "connect.json", list = "exchanges")
    void aRecordedAnswerYieldsTheRecordedSessionKey(VectorCase vector) {
        answer(vector);
        StepVerifier.create(client(vector, VALID)
                        .withSession(session -> Mono.just(
                                HexFormat.of().formatHex(session.sharedSecret().copy()))))
                .expectNext(vector.text("sessionKey"))
                .expectComplete()
                .verify(BOUND);
    }

    @ParameterizedTest
    @VectorSource(file = "connect-negative.json", list = "exchanges")
    void aRecordedFaultIsRefusedWithItsReason(VectorCase vector) {
        answer(vector);
        SERVER.fault(FaultPoint.CONNECT_ANSWER_SENT, Fault.close());
        StepVerifier.create(client(vector, NEGATIVE).connect())
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(PlabbleException.class);
                    assertThat(((PlabbleException) error).reason().code()).isEqualTo(vector.text("reason"));
                    if (error instanceof PlabbleServerException said) {
                        assertThat(said.code()).isEqualTo((int) vector.number("code"));
                        if (vector.has("message")) {
                            assertThat(said.serverMessage()).isEqualTo(vector.text("message"));
                        }
                    }
                })
                .verify(BOUND);
        SessionFixture.eventually(() -> assertThat(SERVER.openConnections()).isZero());
    }

    private static void answer(VectorCase vector) {
        SERVER.clearFaults();
        SERVER.fault(FaultPoint.CONNECT_ANSWER, Fault.answer(vector.bytes("responseWithLength")));
    }

    private static PlabbleClient client(VectorCase vector, VectorFile file) {
        PlabbleClient client = PlabbleClient.create(SERVER.host(), SERVER.port())
                .encryption(vector.hasFlag(0x20) ? Encryption.ON : Encryption.OFF)
                .origins(origins ->
                        origins.withKeyPairs(random -> SessionKeyPair.ofPrivateKey(vector.bytes("clientPrivateKey"))))
                .clock(Clock.fixed(file.time(), ZoneOffset.UTC))
                .maxCertificates(file.maxCertificates());
        if (!vector.hasFlag(0x40)) {
            return client.pin(IdentityKey.of(vector.bytes("pinnedIdentity")));
        }
        return client.serverName(vector.text("host"))
                .clockSkew(Duration.ofSeconds(vector.number("skewSeconds")))
                .trust(TrustStore.empty()
                        .withRoots(certificates(vector, "trustedRoots"))
                        .withIntermediates(certificates(vector, "trustedIntermediates")));
    }

    private static List<Certificate> certificates(VectorCase vector, String list) {
        return vector.byteStrings(list).stream().map(Certificate::parse).toList();
    }
}
