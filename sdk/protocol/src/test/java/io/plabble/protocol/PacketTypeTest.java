package io.plabble.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketTypeTest {
    @ParameterizedTest
    @CsvSource({
        "CONNECT, 0",
        "CREATE, 1",
        "PUT, 2",
        "APPEND, 3",
        "WIPE, 4",
        "REQUEST, 5",
        "SUBSCRIBE, 6",
        "UNSUBSCRIBE, 7",
        "ERROR, 15"
    })
    void hasTheNumberOfTheProtocolPage(PacketType type, int value) {
        assertThat(type.value()).isEqualTo(value);
        assertThat(PacketType.of(value)).contains(type);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 8, 9, 10, 11, 12, 13, 14, 16})
    void noOtherNumberIsAType(int value) {
        assertThat(PacketType.of(value)).isEmpty();
    }
}
