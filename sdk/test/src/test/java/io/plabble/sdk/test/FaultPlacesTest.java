package io.plabble.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.PlabbleConfigurationException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A fault that has no place at a point is refused, not forgotten. */
class FaultPlacesTest {
    private static final List<FaultPoint> EVERYWHERE = List.of(FaultPoint.values());
    private static final List<FaultPoint> WHERE_BYTES_ARE_WRITTEN =
            List.of(FaultPoint.CONNECT_ANSWER, FaultPoint.ANSWER, FaultPoint.UPDATE);

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(Fault.close(), EVERYWHERE),
                Arguments.of(Fault.cut(), EVERYWHERE),
                Arguments.of(Fault.reset(), EVERYWHERE),
                Arguments.of(Fault.silence(), EVERYWHERE),
                Arguments.of(
                        Fault.error(1, ""),
                        List.of(
                                FaultPoint.ACCEPTED,
                                FaultPoint.CONNECT_RECEIVED,
                                FaultPoint.CONNECT_ANSWER,
                                FaultPoint.CONNECT_ANSWER_SENT,
                                FaultPoint.REQUEST_RECEIVED,
                                FaultPoint.ANSWER)),
                Arguments.of(Fault.answer(new byte[1]), WHERE_BYTES_ARE_WRITTEN),
                Arguments.of(Fault.rewrite(UnaryOperator.identity()), WHERE_BYTES_ARE_WRITTEN),
                Arguments.of(Fault.append(new byte[1]), WHERE_BYTES_ARE_WRITTEN),
                Arguments.of(Fault.truncate(1), WHERE_BYTES_ARE_WRITTEN),
                Arguments.of(Fault.segments(1), WHERE_BYTES_ARE_WRITTEN),
                Arguments.of(Fault.text(""), WHERE_BYTES_ARE_WRITTEN),
                Arguments.of(Fault.forge(UnaryOperator.identity()), List.of(FaultPoint.ANSWER, FaultPoint.UPDATE)),
                Arguments.of(Fault.hold(), List.of(FaultPoint.REQUEST_RECEIVED, FaultPoint.ANSWER, FaultPoint.UPDATE)));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aFaultHasItsPlacesAndNoOthersAlsoIfItHappensOnce(Fault fault, List<FaultPoint> places) {
        assertThat(takenAt(fault)).containsExactlyInAnyOrderElementsOf(places);
        assertThat(takenAt(Fault.once(fault))).containsExactlyInAnyOrderElementsOf(places);
    }

    private static Set<FaultPoint> takenAt(Fault fault) {
        return Arrays.stream(FaultPoint.values())
                .filter(point -> isTaken(point, fault))
                .collect(Collectors.toSet());
    }

    private static boolean isTaken(FaultPoint point, Fault fault) {
        try {
            PlabbleTestServer.builder().fault(point, fault);
            return true;
        } catch (PlabbleConfigurationException e) {
            return false;
        }
    }

    @Test
    void theArgumentsOfFaultsAreChecked() {
        assertThatThrownBy(() -> Fault.segments(0)).isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> Fault.truncate(-1)).isInstanceOf(PlabbleConfigurationException.class);
    }

    @Test
    void aRunningServerRefusesThemToo() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            assertThatThrownBy(() -> server.fault(FaultPoint.ACCEPTED, Fault.hold()))
                    .isInstanceOf(PlabbleConfigurationException.class);
        }
    }

    @Test
    void theServersSettingsAreChecked() {
        PlabbleTestServer.Builder builder = PlabbleTestServer.builder();
        assertThatThrownBy(() -> builder.largestContent(-1)).isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> builder.maxPacketSize(0)).isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> builder.maxPacketSize(0x1000_0000)).isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> builder.firstCounters(65_535, 0)).isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> builder.firstCounters(0, 65_535)).isInstanceOf(PlabbleConfigurationException.class);
        assertThatThrownBy(() -> builder.firstCounters(-1, 0)).isInstanceOf(PlabbleConfigurationException.class);
    }
}
