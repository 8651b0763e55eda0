package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.sdk.SessionsState.Phase;
import io.plabble.sdk.internal.SharedSession;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.test.subscriber.TestSubscriber;

/** A session is lost and made again. */
class SessionKeeperLossTest extends KeeperFixture {
    private static final List<Long> PAUSES =
            List.of(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 30_000L, 30_000L, 30_000L);

    @Test
    void aLostSessionIsReplacedAtOnce() {
        FakeSession lost = connectedForLong();

        lost.ends(LOSS);
        assertThat(server.times()).containsExactly(Duration.ZERO, LONGEST_PAUSE);
        TestSubscriber<SharedSession> asker = ask();
        FakeSession next = server.accept();

        got(asker, next);
        assertThat(server.attempts().get(0).isCancelled()).isTrue();
        wentThrough(
                state(Phase.IDLE),
                state(Phase.CONNECTING),
                state(Phase.CONNECTED),
                state(Phase.LOST, LOSS),
                state(Phase.CONNECTING, LOSS),
                state(Phase.CONNECTED));
    }

    @Test
    void pausesBetweenAttemptsDoubleUpToTheLongest() {
        FakeSession lost = connectedForLong();
        server.refuses(REFUSED);

        lost.ends(LOSS);
        pass(Duration.ofMinutes(3));

        assertThat(pausesFrom(1)).extracting(Duration::toMillis).startsWith(PAUSES.toArray(Long[]::new));
    }

    @Test
    void pausesStayTheLongestHoweverOftenItFails() {
        keep(spec.reconnection().maxRetries(Long.MAX_VALUE));
        FakeSession lost = connectedForLong();
        server.refuses(REFUSED);

        lost.ends(LOSS);
        pass(Duration.ofHours(2));

        List<Duration> late = pausesFrom(10);
        assertThat(late).hasSizeGreaterThan(200).containsOnly(LONGEST_PAUSE);
    }

    @Test
    void jitterVariesPausesWithinItsBounds() {
        keep(spec.reconnection().jitter(0.5));
        FakeSession lost = connectedForLong();
        server.refuses(REFUSED);

        lost.ends(LOSS);
        pass(Duration.ofHours(1));

        List<Duration> pauses = pausesFrom(1);
        List<Duration> even = IntStream.range(0, 40)
                .mapToObj(n -> FIRST_PAUSE.multipliedBy(1L << Math.min(n, 30)))
                .map(pause -> pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE)
                .toList();
        assertThat(pauses).hasSameSizeAs(even).isNotEqualTo(even);
        IntStream.range(0, 40)
                .forEach(n -> assertThat(pauses.get(n))
                        .isBetween(
                                even.get(n).dividedBy(2),
                                even.get(n).multipliedBy(3).dividedBy(2))
                        .isBetween(FIRST_PAUSE, LONGEST_PAUSE));
    }

    @Test
    void theStateTellsOfEachFailureAndEachAttempt() {
        FakeSession lost = connectedForLong();
        lost.ends(LOSS);
        server.refuse(REFUSED);
        pass(FIRST_PAUSE);
        server.accept();

        then(
                3,
                state(Phase.LOST, LOSS),
                state(Phase.CONNECTING, LOSS),
                state(Phase.LOST, REFUSED),
                state(Phase.CONNECTING, REFUSED),
                state(Phase.CONNECTED));
    }

    @Test
    void whoAsksDuringAPauseWaitsForTheNextAttempt() {
        FakeSession lost = connectedForLong();
        lost.ends(LOSS);
        server.refuse(REFUSED);

        TestSubscriber<SharedSession> asker = ask();
        assertThat(server.attempts()).hasSize(2);
        waits(asker);
        pass(FIRST_PAUSE);

        got(asker, server.accept());
    }

    @Test
    void sessionsThatAreLostSoonAreFailuresWithPausesThatGrow() {
        server.accepts();
        ask();

        for (long pause : PAUSES) {
            int made = server.attempts().size();
            server.session().ends(LOSS);
            pass(Duration.ofMillis(pause - 1));
            assertThat(server.attempts()).hasSize(made);
            pass(Duration.ofMillis(1));
            assertThat(server.attempts()).hasSize(made + 1);
            pass(LONGEST_PAUSE.minusMillis(1)); // the whole of its life
        }
    }

    @Test
    void aServerThatTakesConnectionsAndDropsThemIsLeftAloneInTheEnd() {
        keep(spec.reconnection().maxRetries(3));
        server.accepts();
        ask();

        for (int life = 0; life < 3; life++) {
            server.session().ends(LOSS);
            pass(FIRST_PAUSE.multipliedBy(1L << life));
        }
        PlabbleException last = PlabbleProtocolException.malformed("the last straw");
        server.session().ends(last);
        pass(A_DAY);

        assertThat(server.times()).extracting(Duration::toMillis).containsExactly(0L, 100L, 300L, 700L);
        assertThat(states).endsWith(state(Phase.LOST, last));
        assertThat(keeper.health().losses()).isEqualTo(4);
    }

    @Test
    void afterItHasGivenUpPausesBeginAgain() {
        keep(spec.reconnection().maxRetries(1));
        server.accepts();
        ask();
        server.session().ends(LOSS);
        pass(FIRST_PAUSE);
        server.session().ends(LOSS);
        pass(A_DAY);
        assertThat(server.attempts()).hasSize(2);

        ask();
        server.session().ends(LOSS);
        assertThat(server.attempts()).hasSize(3);
        pass(FIRST_PAUSE);

        assertThat(server.attempts()).hasSize(4);
    }

    @Test
    void aFailureAfterAShortLifeGoesOnWithThePauseAfterNext() {
        server.accepts();
        ask();
        server.session().ends(LOSS);
        pass(FIRST_PAUSE);
        server.refuses(REFUSED);

        server.session().ends(LOSS);
        pass(Duration.ofMinutes(1));

        assertThat(pausesFrom(1)).extracting(Duration::toMillis).startsWith(200L, 400L, 800L);
    }

    @Test
    void aSessionThatHasLivedLongMakesUpForThoseThatHaveNot() {
        server.accepts();
        ask();
        for (int life = 0; life < 3; life++) {
            server.session().ends(LOSS);
            pass(FIRST_PAUSE.multipliedBy(1L << life));
        }
        pass(LONGEST_PAUSE);
        int made = server.attempts().size();

        server.session().ends(LOSS);
        assertThat(server.attempts()).as("at once").hasSize(made + 1);

        server.session().ends(LOSS);
        pass(FIRST_PAUSE);
        assertThat(server.attempts()).as("after the first pause").hasSize(made + 2);
    }

    @Test
    void aSessionHasLivedLongAfterTheLongestPause() {
        FakeSession session = connected();
        pass(LONGEST_PAUSE.minusNanos(1));

        session.ends(LOSS);

        assertThat(server.attempts()).hasSize(1);
        pass(FIRST_PAUSE);
        assertThat(server.attempts()).hasSize(2);
    }

    @Test
    void aSessionThatHasBrokenIsNotHandedOutThoughItsEndIsNotToldYet() {
        FakeSession broken = connectedForLong();
        broken.breaks();

        TestSubscriber<SharedSession> asker = ask();
        waits(asker);
        assertThat(server.attempts()).as("its end comes first").hasSize(1);
        broken.ends(LOSS);

        got(asker, server.accept());
    }

    @Test
    void aSessionThatEndsAsItArrivesIsLostLikeAnyOtherAndHandedOutToNobody() {
        TestSubscriber<SharedSession> asker = ask();

        inOneMoment(() -> server.accept().ends(LOSS));

        waits(asker);
        then(2, state(Phase.CONNECTED), state(Phase.LOST, LOSS));
        pass(FIRST_PAUSE);
        got(asker, server.accept());
    }

    @Test
    void aSessionThatSomebodyClosesIsReplaced() {
        FakeSession session = connectedForLong();

        session.close().subscribe();

        assertThat(server.attempts()).hasSize(2);
        assertThat(states.get(3).phase()).isEqualTo(Phase.LOST);
        got(ask(), server.accept());
    }

    /** From that attempt on. */
    private List<Duration> pausesFrom(int attempt) {
        List<Duration> times = server.times();
        return IntStream.range(attempt + 1, times.size())
                .mapToObj(n -> times.get(n).minus(times.get(n - 1)))
                .toList();
    }
}
