package io.plabble.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reasons of §11 and the codes of §9. */
class ErrorsTest {
    @Test
    void theReasonsAreThoseOfTheProtocolPage() {
        assertThat(Arrays.stream(Reason.values()).map(Reason::code))
                .containsExactlyInAnyOrder(
                        "configuration",
                        "unknown-host",
                        "connection-refused",
                        "connection-failed",
                        "tls-failed",
                        "timeout",
                        "connection-closed",
                        "truncated",
                        "malformed",
                        "packet-too-large",
                        "error-response",
                        "certificate-missing",
                        "chain-too-long",
                        "untrusted-root",
                        "chain-signature-invalid",
                        "issuer-not-authorised",
                        "certificate-not-yet-valid",
                        "certificate-expired",
                        "name-mismatch",
                        "pinned-key-mismatch",
                        "signature-invalid",
                        "server-key-reflected",
                        "shared-secret-zero",
                        "authentication-failed",
                        "counter-exhausted",
                        "session-closed",
                        "subscriber-overflow",
                        "too-many-requests");
        assertThat(Reason.CERTIFICATE_EXPIRED).hasToString("certificate-expired");
    }

    @Test
    void theCodesAreThoseOfTheProtocolPage() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code))
                .containsExactly(1, 2, 3, 4, 5, 6, 12, 21, 31, 32, 41, 51, 61, 71);
        assertThat(ErrorCode.of(31)).contains(ErrorCode.NO_CERTIFICATE_AVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 7, 11, 72, 127, 128, 255, 256})
    void noOtherCodeIsAssigned(int code) {
        assertThat(ErrorCode.of(code)).isEmpty();
        assertThat(ErrorCode.isFree(code)).isEqualTo(code >= 128 && code <= 255);
    }

    @ParameterizedTest
    @CsvSource({
        "2, '', the server answered ERROR 2 (unsupported protocol version)",
        "31, none, 'the server answered ERROR 31 (no certificate available): \"none\"'",
        "200, x, 'the server answered ERROR 200 (application''s own code): \"x\"'",
        "99, '', the server answered ERROR 99 (reserved code)"
    })
    void aServersErrorSaysWhatItMeans(int code, String message, String expected) {
        PlabbleServerException error = new PlabbleServerException(code, message);

        assertThat(error).hasMessage(expected);
        assertThat(error.reason()).isEqualTo(Reason.ERROR_RESPONSE);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.errorCode()).isEqualTo(ErrorCode.of(code));
    }

    @Test
    void aServersErrorIsFitToBeShown() {
        PlabbleServerException error = new PlabbleServerException(1, "\u001b[2J\r\n" + "x".repeat(60_000));

        assertThat(error.serverMessage())
                .startsWith("\\u{1b}[2J\\u{d}\\u{a}xxx")
                .hasSize(256);
        assertThat(error.getMessage()).contains(error.serverMessage()).doesNotContain("\n");
    }
}
