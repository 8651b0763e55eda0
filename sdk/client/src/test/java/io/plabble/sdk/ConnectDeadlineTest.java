package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.hostile.StoppedTimers;
import io.plabble.sdk.test.PlabbleTestServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.subscriber.TestSubscriber;

/** A connect's deadline just before, at, and just after each step: a session or one error, never both, and never neither. */
@ParameterizedClass
@EnumSource
class ConnectDeadlineTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration INSTANT = Duration.ofNanos(1);
    private static final int ROUNDS = 300;
    private static final int LONGEST_STEP_NANOS = 300_000;

    @RegisterExtension
    final DroppedErrors dropped = new DroppedErrors();

    private final Transport transport;
    private final PlabbleTestServer server;
    private final PlabbleClient client;
    private final StoppedTimers time = new StoppedTimers();

    ConnectDeadlineTest(Transport transport) {
        this.transport = transport;
        this.server = transport.start();
        this.client = transport.dial(server).trust(server.trustStore()).connectTimeout(DEADLINE);
    }

    @AfterEach
    void nothingIsLeft() {
        SessionFixture.eventually(() -> assertThat(server.openConnections()).isZero());
        server.close();
        assertThat(time.pending()).isZero();
        time.close();
    }

    @ParameterizedTest
    @EnumSource
    void justBeforeItThereIsStillTime(ConnectStep step) {
        existsHere(step);
        PlabbleSession session = passing(step, () -> time.advance(DEADLINE.minus(INSTANT)))
                .connect()
                .block(SessionFixture.BOUND);
        isLeftAlone(session);
    }

    @ParameterizedTest
    @EnumSource
    void atItEveryStepIsTooLate(ConnectStep step) {
        existsHere(step);
        PlabbleClient late = passing(step, () -> time.advance(DEADLINE));
        SessionFixture.fails(late.connect(), PlabbleConnectException.class, error -> {
            assertThat(error.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(error).hasMessageContaining(DEADLINE.toString());
        });
    }

    @Test
    void afterItNothingHappens() {
        isLeftAlone(client.connect().block(SessionFixture.BOUND));
    }

    @Test
    void inTheMomentOfTheHandOverThereIsOneOutcome() {
        Race race = new Race();
        PlabbleClient racing = passing(ConnectStep.SIGNATURE_VERIFIED, race::pass);
        for (int round = 0; round < (transport == Transport.TCP ? ROUNDS : ROUNDS / 20); round++) {
            TestSubscriber<PlabbleSession> subscriber = TestSubscriber.create();
            racing.connect().subscribe(subscriber);
            race.join(LONGEST_STEP_NANOS);
            time.advance(DEADLINE);
            subscriber.block(SessionFixture.BOUND);

            assertThat(subscriber.getProtocolErrors()).isEmpty();
            if (subscriber.isTerminatedError()) {
                assertThat(subscriber.getReceivedOnNext()).isEmpty();
                assertThat(((PlabbleException) subscriber.expectTerminalError()).reason())
                        .isEqualTo(Reason.TIMEOUT);
            } else {
                assertThat(subscriber.getReceivedOnNext()).hasSize(1);
                isLeftAlone(subscriber.getReceivedOnNext().get(0));
            }
        }
    }

    private void isLeftAlone(PlabbleSession session) {
        time.advance(DEADLINE);
        assertThat(session.isDisposed()).isFalse();
        assertThat(time.pending()).isZero();
        session.dispose();
    }

    private PlabbleClient passing(ConnectStep step, Runnable then) {
        return client.doOnStep(progress -> {
            if (progress.step() == step) {
                then.run();
            }
        });
    }

    private void existsHere(ConnectStep step) {
        assumeTrue(step != ConnectStep.SECURED || transport.isSecured());
        assumeTrue(step != ConnectStep.UPGRADED || transport.isWebSocket());
    }
}
