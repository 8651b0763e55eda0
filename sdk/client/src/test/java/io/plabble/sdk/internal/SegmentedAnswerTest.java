package io.plabble.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.Reason;
import io.plabble.sdk.internal.sessions.CountedTime;
import io.plabble.testsupport.Bytes;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/** However the answer to CONNECT is cut on its way, it is the same answer; and only the whole of it is one (§4). */
class SegmentedAnswerTest {
    private final CountedTime time = CountedTime.begin();

    @AfterEach
    void endTime() {
        VirtualTimeScheduler.reset();
    }

    /** Chains of three, two and one, a pinned key without any, each in both modes; and ERRORs. */
    private static Stream<RecordedConnect> answers() {
        return Stream.concat(
                validAnswers(), Stream.of("error-2", "error-32-empty").map(RecordedConnect::refused));
    }

    private static Stream<RecordedConnect> validAnswers() {
        return Stream.of(
                        "normal-60",
                        "two-certificates-60",
                        "self-signed-in-store-60",
                        "pinned-20",
                        "mac-mode-40",
                        "two-certificates-40",
                        "self-signed-in-store-40",
                        "pinned-plain-00")
                .map(RecordedConnect::valid);
    }

    @ParameterizedTest
    @MethodSource("validAnswers")
    void theRecordedSessionComesAbout(RecordedConnect exchange) {
        MemoryConnection connection = MemoryConnection.connect(exchange.settings(), time);
        assertThat(connection.sent()).isEqualTo(exchange.request());
        connection.receive(exchange.answer());

        assertThat(connection.finish()).isInstanceOfSatisfying(Outcome.Connected.class, session -> {
            assertThat(session.sessionKey()).isEqualTo(exchange.vector().text("sessionKey"));
            assertThat(session.encrypted()).isEqualTo(exchange.vector().isTrue("encrypted"));
            assertThat(session.reason()).isEqualTo(Reason.CONNECTION_CLOSED);
        });
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerMayBeCutInTwoAnywhere(RecordedConnect exchange) {
        Settings settings = exchange.settings();
        byte[] answer = exchange.answer();
        Outcome whole = MemoryConnection.play(settings, time, answer);

        for (int cut = 1; cut < answer.length; cut++) {
            assertThat(MemoryConnection.play(settings, time, Bytes.head(answer, cut), Bytes.tail(answer, cut)))
                    .as("cut after %d bytes", cut)
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerMayArriveByteByByte(RecordedConnect exchange) {
        byte[] answer = exchange.answer();
        assertThat(MemoryConnection.play(exchange.settings(), time, Bytes.single(answer)))
                .isEqualTo(MemoryConnection.play(exchange.settings(), time, answer));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerThatEndsEarlyIsTruncated(RecordedConnect exchange) {
        Settings settings = exchange.settings();
        byte[] answer = exchange.answer();

        for (int length = 0; length < answer.length; length++) {
            assertThat(MemoryConnection.play(settings, time, Bytes.head(answer, length)))
                    .as("%d bytes", length)
                    .isInstanceOf(Outcome.Refused.class)
                    .extracting(Outcome::reason)
                    .isEqualTo(length == 0 ? Reason.CONNECTION_CLOSED : Reason.TRUNCATED);
        }
    }

    /** The answer itself was good: the session hears of it, and not the connect. */
    @ParameterizedTest
    @ValueSource(strings = {"pinned-20", "pinned-plain-00"})
    void whatFollowsTheAnswerEndsTheSessionHoweverItArrives(String name) {
        RecordedConnect exchange = RecordedConnect.valid(name);
        Settings settings = exchange.settings();
        byte[] twice = Bytes.join(exchange.answer(), exchange.answer());

        assertBroken(exchange, MemoryConnection.play(settings, time, twice));
        for (int cut = 1; cut < twice.length; cut++) {
            assertBroken(
                    exchange, MemoryConnection.play(settings, time, Bytes.head(twice, cut), Bytes.tail(twice, cut)));
        }
    }

    @Test
    void whatFollowsAnErrorChangesNothing() {
        RecordedConnect exchange = RecordedConnect.refused("error-2");
        byte[] error = exchange.answer();

        assertThat(MemoryConnection.play(exchange.settings(), time, Bytes.join(error, error)))
                .isEqualTo(MemoryConnection.play(exchange.settings(), time, error));
    }

    private static void assertBroken(RecordedConnect exchange, Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Connected.class, session -> {
            assertThat(session.sessionKey()).isEqualTo(exchange.vector().text("sessionKey"));
            assertThat(session.reason()).isEqualTo(Reason.MALFORMED);
        });
    }
}
