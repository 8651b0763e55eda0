package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleConnectException;
import io.plabble.sdk.PlabbleLimitException;
import io.plabble.sdk.PlabbleSessionClosedException;
import io.plabble.sdk.PlabbleSessionClosedException.Why;
import io.plabble.sdk.PlabbleTimeoutException;
import io.plabble.sdk.Reconnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** Which failures pass, and how long they are waited for. */
class FailuresTest {
    private static final Reconnection STEADY =
            new Reconnection(Long.MAX_VALUE, Duration.ofMillis(100), Duration.ofSeconds(1), 0);

    private final VirtualTimeScheduler time = CountedTime.begin();
    private final List<Long> attempts = new ArrayList<>();

    @AfterEach
    void realTimeGoesOn() {
        VirtualTimeScheduler.reset();
    }

    /** Something that always fails, repeated with these pauses for ten seconds. */
    private TestSubscriber<Object> fail(Reconnection how, int before) {
        TestSubscriber<Object> heard = TestSubscriber.create();
        Mono.defer(() -> {
                    attempts.add(Schedulers.parallel().now(TimeUnit.MILLISECONDS));
                    return Mono.error(new IllegalStateException("failure " + attempts.size()));
                })
                .retryWhen(Failures.pauses(how, before))
                .subscribe(heard);
        time.advanceTimeBy(Duration.ofSeconds(10));
        return heard;
    }

    private List<Long> pauses() {
        return IntStream.range(1, attempts.size())
                .mapToObj(n -> attempts.get(n) - attempts.get(n - 1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 100 200 400 800 1000 1000",
        "1, 200 400 800 1000 1000",
        "3, 800 1000 1000",
        "4, 1000 1000",
        "5, 1000"
    })
    void pausesGoOnAfterTheFailuresThereHaveBeen(int before, String expected) {
        fail(STEADY, before).cancel();

        assertThat(pauses())
                .startsWith(
                        List.of(expected.split(" ")).stream().map(Long::valueOf).toArray(Long[]::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 31, 63, 64, 1_000, Integer.MAX_VALUE})
    void pausesAreNeverLongerThanTheLongest(int before) {
        fail(STEADY, before).cancel();

        assertThat(pauses()).hasSize(10).containsOnly(1_000L);
    }

    @Test
    void theLongestSettingsThereAreDoNotOverflow() {
        Duration day = Duration.ofDays(1);

        fail(STEADY.pauses(day, day), Integer.MAX_VALUE);
        time.advanceTimeBy(Duration.ofDays(3));

        assertThat(pauses()).containsOnly(day.toMillis()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "3, 0, 4", "3, 1, 3", "3, 2, 2", "3, 3, 1", "3, 4, 1", "3, 2147483647, 1"})
    void theFailuresThereHaveBeenCountAmongTheRetries(long maxRetries, int before, int attempted) {
        TestSubscriber<Object> heard = fail(STEADY.maxRetries(maxRetries), before);

        assertThat(attempts).hasSize(attempted);
        assertThat(heard.expectTerminalError()).as("the last failure itself").hasMessage("failure " + attempted);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1})
    void jitterStaysWithinItsPartOfThePauseAndBothLimits(double jitter) {
        for (int round = 0; round < 50; round++) {
            attempts.clear();
            fail(STEADY.jitter(jitter), 0).cancel();
            List<Long> even = List.of(100L, 200L, 400L, 800L, 1_000L, 1_000L);
            IntStream.range(0, even.size())
                    .forEach(n -> assertThat(pauses().get(n))
                            .isBetween((long) (even.get(n) * (1 - jitter)), (long) (even.get(n) * (1 + jitter)))
                            .isBetween(100L, 1_000L));
        }
    }

    @Test
    void jitterMakesPausesDiffer() {
        List<Long> first = LongStream.range(0, 50)
                .map(round -> {
                    attempts.clear();
                    fail(STEADY.jitter(0.5), 1).cancel();
                    return pauses().get(0);
                })
                .boxed()
                .toList();

        assertThat(first.stream().distinct()).hasSizeGreaterThan(5);
    }

    @Test
    void aFailureOfOursIsPassedOnAsItIs() {
        PlabbleProtocolException known = PlabbleProtocolException.malformed("gibberish");

        assertThat(Failures.ours(known)).isSameAs(known);
    }

    @Test
    void anyOtherBecomesOneOfOurs() {
        Throwable bug = new OutOfMemoryError("a bug");

        assertThat(Failures.ours(bug))
                .isInstanceOf(PlabbleConnectException.class)
                .hasMessage("this end failed: " + bug)
                .hasCause(bug)
                .satisfies(error -> assertThat(error.reason()).isEqualTo(Reason.CONNECTION_FAILED));
    }

    @ParameterizedTest
    @EnumSource
    void howeverASessionEndsItIsOver(Why why) {
        assertThat(Failures.isEndOfSession(new PlabbleSessionClosedException(why, "over", null)))
                .isTrue();
    }

    @Test
    void aServerThatBreaksTheProtocolEndsTheSession() {
        assertThat(Failures.isEndOfSession(PlabbleProtocolException.malformed("gibberish")))
                .isTrue();
    }

    @Test
    void whatFailsOneRequestDoesNotEndTheSession() {
        assertThat(List.of(
                        new PlabbleServerException(1, ""),
                        new PlabbleTimeoutException("too late"),
                        new PlabbleLimitException(Reason.TOO_MANY_REQUESTS, "too many"),
                        new PlabbleConfigurationException("wrong"),
                        new IllegalStateException("a bug")))
                .noneMatch(Failures::isEndOfSession);
    }

    @Test
    void whatIsNoneOfOursDoesNotPass() {
        assertThat(Failures.isTransient(new IllegalStateException("a bug"))).isFalse();
    }
}
