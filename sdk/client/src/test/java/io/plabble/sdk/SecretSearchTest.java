package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A search that could not find anything would prove nothing. */
class SecretSearchTest {
    private static final byte[] SECRET =
            HexFormat.of().parseHex("00ff10a57e41c3b8090d5afe0180e29c1122334455667788990a0b0c0d0e0f10");

    static Stream<Function<byte[], String>> writings() {
        return Stream.of(
                HexFormat.of()::formatHex,
                HexFormat.of().withUpperCase()::formatHex,
                HexFormat.ofDelimiter(":")::formatHex,
                Base64.getEncoder()::encodeToString,
                Base64.getUrlEncoder().withoutPadding()::encodeToString,
                Arrays::toString,
                secret -> new String(secret, StandardCharsets.ISO_8859_1),
                secret -> new String(secret, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("writings")
    void aSecretIsFoundHoweverItIsWritten(Function<byte[], String> writing) {
        SecretSearch search = new SecretSearch();
        search.add("the secret", SECRET);

        assertThat(search.findIn("before " + writing.apply(SECRET) + " after")).contains("the secret");
        assertThat(search.findIn("before " + writing.apply(new byte[32]) + " after"))
                .isEmpty();
    }
}
