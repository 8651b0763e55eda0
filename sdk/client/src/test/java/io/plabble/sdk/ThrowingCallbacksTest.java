package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.sdk.test.PlabbleTestServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.netty.tcp.TcpSslContextSpec;
import reactor.test.StepVerifier;

/** Code of the caller's that fails while the SDK runs it: one typed error, a closed connection, and the next connect works. */
class ThrowingCallbacksTest {
    private static final Duration SHORT = Duration.ofMillis(400);

    @RegisterExtension
    final DroppedErrors dropped = new DroppedErrors();

    private final PlabbleTestServer server = Transport.TLS.start();
    private final PlabbleClient client =
            Transport.TLS.dial(server).trust(server.trustStore()).encryption(Encryption.ON);

    @AfterEach
    void theNextConnectWorksAndNothingIsLeft() {
        assertThat(client.withSession(session -> Mono.just(session.isEncrypted()))
                        .blockLast(SessionFixture.BOUND))
                .isTrue();
        SessionFixture.eventually(() -> assertThat(server.openConnections()).isZero());
        server.close();
    }

    /** What goes wrong in it. */
    enum Fault {
        EXCEPTION,
        ASSERTION,
        MISSING_CLASS,
        NULL;

        <T> T happen() {
            return switch (this) {
                case EXCEPTION -> throw new IllegalStateException("of the caller's own");
                case ASSERTION -> throw new AssertionError("of the caller's own");
                case MISSING_CLASS -> throw new NoClassDefFoundError("of the caller's own");
                case NULL -> null;
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTrustStoresSupplier(Fault fault) {
        isToldOf(client.trust(fault::<TrustStore>happen), "the trust store's supplier");
        assertThat(server.accepted()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void theTcpCustomiser(Fault fault) {
        isToldOf(client.tcp(tcp -> fault.happen()), "the TCP customiser");
        assertThat(server.accepted()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void theClock(Fault fault) {
        isToldOf(
                client.clock(new Clock() {
                    @Override
                    public Instant instant() {
                        return fault.happen();
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                }),
                "the clock");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL")
    void theTlsHandlersConfigurator(Fault fault) {
        isToldOf(
                client.secure(spec ->
                        spec.sslContext(TcpSslContextSpec.forClient()).handlerConfigurator(handler -> fault.happen())),
                "the handler's configurator");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL")
    void theListenerOfAnyStep(Fault fault) {
        for (ConnectStep step : ConnectStep.values()) {
            if (step != ConnectStep.UPGRADED) {
                isToldOf(failingAt(step, fault::happen), "the listener given to doOnStep");
            }
        }
    }

    /** Which is for the JVM to handle; but nobody waits for ever. */
    @Test
    void anErrorOfTheVirtualMachineEndsAtTheDeadline() {
        PlabbleClient failing = failingAt(ConnectStep.RESPONSE_RECEIVED, () -> {
            throw new StackOverflowError("of the caller's own");
        });
        SessionFixture.fails(
                failing.connectTimeout(SHORT).connect(),
                PlabbleException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.TIMEOUT));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL")
    void theListenerOfPacketsHarmsNobody(Fault fault) {
        PlabbleSession session =
                client.doOnPacket(packet -> fault.happen()).connect().block(SessionFixture.BOUND);
        SessionFixture.create(session);
        session.dispose();
        assertThat(dropped.take()).hasSize(4); // CONNECT, CREATE and their answers
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL")
    void whatChangesTheChannel(Fault fault) {
        SessionFixture.fails(
                client.tcp(tcp -> tcp.doOnChannelInit((observer, channel, address) -> fault.happen()))
                        .connect(),
                PlabbleConnectException.class,
                error -> assertThat(error.reason()).isEqualTo(Reason.CONNECTION_FAILED));
    }

    /** Whose error is passed on as it is. */
    @ParameterizedTest
    @EnumSource
    void theWorkOfASession(Fault fault) {
        StepVerifier.create(client.withSession(session -> fault.happen()))
                .expectError()
                .verify(SessionFixture.BOUND);
    }

    @ParameterizedTest
    @EnumSource
    void whatKeepsABucket(Fault fault) {
        PlabbleSession session = client.connect().block(SessionFixture.BOUND);
        StepVerifier.create(session.createBucket(SessionFixture.ALL_PRIVATE, candidate -> fault.happen()))
                .expectError()
                .verify(SessionFixture.BOUND);
        SessionFixture.create(session);
        assertThat(server.received(PacketType.CREATE)).isOne();
        session.dispose();
    }

    private PlabbleClient failingAt(ConnectStep step, Runnable fault) {
        return client.doOnStep(progress -> {
            if (progress.step() == step) {
                fault.run();
            }
        });
    }

    private static void isToldOf(PlabbleClient failing, String what) {
        SessionFixture.fails(
                failing.connect(),
                PlabbleConfigurationException.class,
                error -> assertThat(error).hasMessageContaining(what).hasMessageContaining("CONNECT to"));
    }
}
