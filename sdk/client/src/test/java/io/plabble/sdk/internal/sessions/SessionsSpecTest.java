package io.plabble.sdk.internal.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.sdk.Reconnection;
import io.plabble.sdk.SessionsSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kept sessions may be set to; each wrong value is refused by its name. */
class SessionsSpecTest {
    private static final Duration SHORTEST = Duration.ofNanos(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MORE_THAN_A_DAY = DAY.plusNanos(1);
    private static final SessionsSpec SPEC = SessionsSpec.DEFAULT;
    private static final Reconnection RECONNECTION = Reconnection.DEFAULT;

    @Test
    void theDefaultsAreAsTheDocumentationSays() {
        assertThat(SPEC).isEqualTo(new SessionsSpec(0.1, Duration.ofSeconds(10), RECONNECTION));
        assertThat(RECONNECTION).isEqualTo(new Reconnection(40, Duration.ofMillis(100), Duration.ofSeconds(30), 0.5));
    }

    @Test
    void eachSettingChangesItselfOnly() {
        Duration second = Duration.ofSeconds(1);

        assertThat(SPEC.renewAt(0.2)).isEqualTo(new SessionsSpec(0.2, SPEC.waitTimeout(), RECONNECTION));
        assertThat(SPEC.waitTimeout(second)).isEqualTo(new SessionsSpec(0.1, second, RECONNECTION));
        assertThat(SPEC.reconnection(RECONNECTION.jitter(0)))
                .isEqualTo(new SessionsSpec(0.1, SPEC.waitTimeout(), RECONNECTION.jitter(0)));
        assertThat(RECONNECTION.maxRetries(3))
                .isEqualTo(new Reconnection(3, RECONNECTION.firstPause(), RECONNECTION.longestPause(), 0.5));
        assertThat(RECONNECTION.pauses(second, DAY)).isEqualTo(new Reconnection(40, second, DAY, 0.5));
        assertThat(RECONNECTION.jitter(0))
                .isEqualTo(new Reconnection(40, RECONNECTION.firstPause(), RECONNECTION.longestPause(), 0));
    }

    @Test
    void whatIsJustRightIsTaken() {
        assertThatCode(() -> {
                    SPEC.renewAt(Double.MIN_VALUE).renewAt(0.5);
                    SPEC.waitTimeout(SHORTEST).waitTimeout(DAY);
                    RECONNECTION.maxRetries(0).maxRetries(Long.MAX_VALUE);
                    RECONNECTION.pauses(SHORTEST, SHORTEST).pauses(DAY, DAY);
                    RECONNECTION.jitter(0).jitter(1);
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1, -0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void renewAtIsAPartOfTheWhole(double part) {
        refused("sessions: renew at: " + part + " is not above 0 and at most 0.5", () -> SPEC.renewAt(part));
    }

    @Test
    void waitTimeoutIsPositiveAndAtMostADay() {
        wrongTimes(Duration.ZERO, SHORTEST.negated(), MORE_THAN_A_DAY)
                .forEach(timeout -> refused(
                        "sessions: wait timeout: " + timeout + " is not positive, or above PT24H",
                        () -> SPEC.waitTimeout(timeout)));
    }

    @Test
    void reconnectionIsNeverNull() {
        refused("sessions: reconnection: must not be null", () -> SPEC.reconnection(null));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void maxRetriesIsNeverNegative(long retries) {
        refused("reconnection: max retries: " + retries + " is negative", () -> RECONNECTION.maxRetries(retries));
    }

    @Test
    void firstPauseIsPositive() {
        wrongTimes(Duration.ZERO, SHORTEST.negated())
                .forEach(pause -> refused(
                        "reconnection: first pause: " + pause + " is not positive",
                        () -> RECONNECTION.pauses(pause, DAY)));
    }

    @Test
    void longestPauseIsNoShorterThanTheFirstAndAtMostADay() {
        wrongTimes(Duration.ZERO, Duration.ofSeconds(1).minusNanos(1), MORE_THAN_A_DAY)
                .forEach(pause -> refused(
                        "reconnection: longest pause: " + pause + " is shorter than the first, or above PT24H",
                        () -> RECONNECTION.pauses(Duration.ofSeconds(1), pause)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void jitterIsAPartOfThePause(double part) {
        refused("reconnection: jitter: " + part + " is outside 0 to 1", () -> RECONNECTION.jitter(part));
    }

    private static List<Duration> wrongTimes(Duration... wrong) {
        List<Duration> all = new ArrayList<>(List.of(wrong));
        all.add(null);
        return all;
    }

    private static void refused(String message, Supplier<?> setting) {
        assertThatThrownBy(setting::get)
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessage(message);
    }
}
