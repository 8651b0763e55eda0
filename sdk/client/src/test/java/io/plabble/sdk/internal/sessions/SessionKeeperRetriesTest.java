package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleCertificateException;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleHandshakeException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleConnectException;
import io.plabble.sdk.SessionsState.Phase;
import io.plabble.sdk.internal.SharedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.subscriber.TestSubscriber;

/** Which failures are tried again, and how often. */
class SessionKeeperRetriesTest extends KeeperFixture {
    static List<PlabbleException> failuresThatPass() {
        List<PlabbleException> passing = new ArrayList<>(Stream.of(Reason.values())
                .filter(reason -> reason != Reason.TLS_FAILED)
                .map(reason -> new PlabbleConnectException(reason, reason.code(), null))
                .toList());
        passing.add(new PlabbleServerException(1, "my own fault"));
        passing.add(PlabbleProtocolException.malformed("gibberish"));
        passing.add(LOSS);
        return passing;
    }

    @ParameterizedTest
    @MethodSource("failuresThatPass")
    void aFailureThatMayPassIsTriedAgain(PlabbleException failure) {
        FakeSession lost = connectedForLong();
        lost.ends(LOSS);
        TestSubscriber<SharedSession> asker = ask();

        server.refuse(failure);
        waits(asker);
        pass(FIRST_PAUSE);

        got(asker, server.accept());
    }

    static Stream<PlabbleException> failuresThatStay() {
        return Stream.concat(
                Stream.of(
                        UNTRUSTED,
                        PlabbleCertificateException.ofCertificate(Reason.CERTIFICATE_EXPIRED, 0, "too old"),
                        new PlabbleHandshakeException(Reason.SIGNATURE_INVALID, "forged"),
                        new PlabbleHandshakeException(Reason.PINNED_KEY_MISMATCH, "another key"),
                        new PlabbleConnectException(Reason.TLS_FAILED, "forged, under TLS", null),
                        new PlabbleConfigurationException("set wrong")),
                IntStream.of(0, 2, 3, 4, 6, 31, 32, 128, 255).mapToObj(code -> new PlabbleServerException(code, "")));
    }

    @ParameterizedTest
    @MethodSource("failuresThatStay")
    void aFailureThatWillNotPassIsNotTriedAgainBeforeSomebodyAsks(PlabbleException failure) {
        FakeSession lost = connectedForLong();
        lost.ends(LOSS);
        TestSubscriber<SharedSession> asker = ask();

        server.refuse(failure);

        failed(asker, failure);
        assertThat(states).endsWith(state(Phase.LOST, failure));
        pass(A_DAY);
        assertThat(server.attempts()).hasSize(2);
        TestSubscriber<SharedSession> next = ask();
        got(next, server.accept());
    }

    @Test
    void aFailureThatWillNotPassEndsRetriesAsWell() {
        FakeSession lost = connectedForLong();
        lost.ends(LOSS);
        TestSubscriber<SharedSession> asker = ask();
        server.refuse(REFUSED);
        pass(FIRST_PAUSE);

        server.refuse(UNTRUSTED);

        failed(asker, UNTRUSTED);
        pass(A_DAY);
        assertThat(server.attempts()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3})
    void afterTheLastRetryThoseWhoWaitHearWhyAndNobodyTriesAnyMore(long retries) {
        keep(spec.reconnection().maxRetries(retries));
        FakeSession lost = connectedForLong();
        server.hesitates();
        lost.ends(LOSS);
        TestSubscriber<SharedSession> asker = ask(keeper.nextSession());
        for (long retry = 0; retry < retries; retry++) {
            server.refuse(REFUSED);
            waits(asker);
            pass(LONGEST_PAUSE);
        }
        PlabbleException last = new PlabbleConnectException(Reason.UNKNOWN_HOST, "the last straw", null);

        server.refuse(last);

        failed(asker, last);
        assertThat(states).endsWith(state(Phase.LOST, last));
        pass(A_DAY);
        assertThat(server.attempts()).hasSize((int) retries + 2);
    }

    @Test
    void afterItHasGivenUpOneAttemptIsMadeForWhoeverAsks() {
        keep(spec.reconnection().maxRetries(1));
        FakeSession lost = connectedForLong();
        server.refuses(REFUSED);
        lost.ends(LOSS);
        pass(A_DAY);
        assertThat(server.attempts()).hasSize(3);

        failed(ask(), REFUSED);
        pass(A_DAY);
        assertThat(server.attempts()).hasSize(4);

        server.accepts();
        TestSubscriber<SharedSession> asker = ask();
        got(asker, server.session());
        server.refuses(REFUSED);
        pass(LONGEST_PAUSE);
        server.session().ends(LOSS);
        pass(A_DAY);
        assertThat(server.attempts()).as("its retries are its own again").hasSize(7);
    }
}
