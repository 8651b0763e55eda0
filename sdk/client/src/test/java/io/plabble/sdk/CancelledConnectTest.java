package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.subscriber.TestSubscriber;

/**
 * A cancel while connecting (§4) that comes together with what it is to prevent: either a session is handed over, and it lives, or
 * none is, and the connection is closed.
 */
@ParameterizedClass
@EnumSource
class CancelledConnectTest {
    /** On the transport that a phase belongs to, and elsewhere. */
    private static final int ROUNDS = 1_000;

    private static final int ROUNDS_ELSEWHERE = 20;

    private static final int LONGEST_STEP_NANOS = 300_000;
    private static final int LONGEST_ANSWER_NANOS = 1_500_000;

    @RegisterExtension
    final DroppedErrors dropped = new DroppedErrors();

    private final Transport transport;
    private final PlabbleTestServer server;
    private final PlabbleClient client;
    private final Race race = new Race();

    CancelledConnectTest(Transport transport) {
        this.transport = transport;
        this.server = transport.start();
        this.client = transport.dial(server).trust(server.trustStore());
    }

    @AfterEach
    void nothingIsLeft() {
        SessionFixture.eventually(() -> assertThat(server.openConnections()).isZero());
        server.close();
    }

    @Test
    void whileTheTrustStoreIsAsked() {
        cancel(LONGEST_STEP_NANOS, transport.dial(server).trust(() -> {
            race.pass();
            return server.trustStore();
        }));
    }

    @Test
    void whileTheNameIsLookedUp() {
        Addresses addresses = new Addresses("127.0.0.1");
        addresses.whenAsked(race::pass);
        cancel(
                LONGEST_STEP_NANOS,
                transport
                        .dial(server, "node.example", server.port())
                        .trust(server.trustStore())
                        .serverName(server.host())
                        .tcp(tcp -> tcp.resolver(addresses)));
    }

    @ParameterizedTest
    @EnumSource
    void asAStepIsDone(ConnectStep step) {
        assumeTrue(step != ConnectStep.SECURED || transport.isSecured());
        assumeTrue(step != ConnectStep.UPGRADED || transport.isWebSocket());
        Transport home = switch (step) {
            case SECURED -> Transport.TLS;
            case UPGRADED -> Transport.WEB_SOCKET;
            default -> Transport.TCP;
        };
        cancel(home, LONGEST_STEP_NANOS, client.doOnStep(progress -> {
            if (progress.step() == step) {
                race.pass();
            }
        }));
    }

    @Test
    void whileTheAnswerComesInPieces() {
        server.fault(FaultPoint.CONNECT_ANSWER, Fault.segments(9));
        cancel(LONGEST_ANSWER_NANOS, client.doOnStep(progress -> {
            if (progress.step() == ConnectStep.REQUEST_SENT) {
                race.pass();
            }
        }));
    }

    private void cancel(int longest, PlabbleClient client) {
        cancel(Transport.TCP, longest, client);
    }

    private void cancel(Transport home, int longest, PlabbleClient client) {
        List<TestSubscriber<PlabbleSession>> subscribers = new ArrayList<>();
        for (int round = 0; round < (transport == home ? ROUNDS : ROUNDS_ELSEWHERE); round++) {
            TestSubscriber<PlabbleSession> subscriber = TestSubscriber.create();
            subscribers.add(subscriber);
            client.connect().subscribe(subscriber);

            race.join(longest);
            subscriber.cancel();

            assertThat(subscriber.getProtocolErrors()).isEmpty();
            assertThat(subscriber.isTerminatedError()).isFalse();
            subscriber.getReceivedOnNext().forEach(session -> {
                assertThat(session.isDisposed()).isFalse();
                session.dispose();
            });
        }
        SessionFixture.eventually(() -> {
            subscribers.forEach(subscriber -> {
                subscriber.getReceivedOnNext().forEach(PlabbleSession::dispose); // one that came just before the cancel
                subscriber.getReceivedOnNextAfterCancellation().forEach(PlabbleSession::dispose);
            });
            assertThat(server.openConnections()).isZero();
        });
    }
}
