package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "node.example:4242, node.example, 4242",
        "127.0.0.1:1, 127.0.0.1, 1",
        "[::1]:65535, ::1, 65535",
        "[2001:db8::7]:80, 2001:db8::7, 80"
    })
    void isAHostAndAPort(String text, String host, int port) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node.example",
                "node.example:",
                ":4242",
                "node.example:0",
                "node.example:65536",
                "::1:4242",
                "[::1]",
                "[node.example]:1",
                "node.example:http",
                "ws://node.example:1",
                "node.example:1/x"
            })
    void everythingElseIsWrongUsage(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("HOST:PORT");
    }
}
