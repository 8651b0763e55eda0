package io.plabble.protocol.internal.packet;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.testsupport.Frames;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.VectorSource;
import java.util.Arrays;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class ErrorVectorsTest {
    private static final String FILE = "error.json";

    @ParameterizedTest
    @VectorSource(file = FILE, list = "codes")
    void knowsTheCodes(VectorCase vector) {
        assertThat(ErrorCode.of((int) vector.number("code")))
                .hasValueSatisfying(code -> assertThat(code.meaning()).isEqualTo(vector.text("meaning")));
    }

    @Test
    void knowsNoOtherCodes() {
        assertThat(VectorFile.named(FILE).cases("codes").map(vector -> (int) vector.number("code")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList());
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "clear")
    void readsAnErrorInTheClear(VectorCase vector) {
        assertThat(ConnectAnswer.decode(packet(vector)))
                .isEqualTo(new ErrorResponse((int) vector.number("code"), vector.text("message")));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "clear")
    void writesAnErrorInTheClear(VectorCase vector) {
        byte[] encoded = new ErrorResponse((int) vector.number("code"), vector.text("message")).encoded();

        assertThat(encoded).isEqualTo(packet(vector)).endsWith(vector.bytes("body"));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "clearMalformed")
    void refusesWhatIsNoWellFormedError(VectorCase vector) {
        assertRefused(Reason.MALFORMED, () -> ConnectAnswer.decode(packet(vector)));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = "clearUndecodableMessage")
    void reportsTheCodeOfAnErrorWhoseMessageIsNotUtf8(VectorCase vector) {
        assertThat(ConnectAnswer.decode(packet(vector)))
                .asInstanceOf(InstanceOfAssertFactories.type(ErrorResponse.class))
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo((int) vector.number("code"));
                    assertThat(new PlabbleServerException(error.code(), error.message()).serverMessage())
                            .contains("\ufffd");
                });
    }

    private static byte[] packet(VectorCase vector) {
        return Frames.packet(vector.bytes("packetWithLength"));
    }
}
