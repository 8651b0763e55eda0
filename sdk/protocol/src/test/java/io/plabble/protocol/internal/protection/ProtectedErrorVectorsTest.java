package io.plabble.protocol.internal.protection;

import io.plabble.protocol.internal.packet.ErrorResponse;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorSource;
import org.junit.jupiter.params.ParameterizedTest;

/** An ERROR after CONNECT is protected like any other response (§9). */
class ProtectedErrorVectorsTest {
    @ParameterizedTest
    @VectorSource(file = "error.json", list = "protected")
    void anErrorIsSealed(VectorCase vector) {
        packet(vector).assertIsSealed(error(vector));
    }

    @ParameterizedTest
    @VectorSource(file = "error.json", list = "protected")
    void anErrorIsOpened(VectorCase vector) {
        packet(vector).assertIsOpenedAs(error(vector));
    }

    private static ProtectedVector packet(VectorCase vector) {
        return new ProtectedVector(vector, vector.isTrue("encrypted"));
    }

    private static ErrorResponse error(VectorCase vector) {
        return new ErrorResponse(vector.integer("requestCounter"), vector.integer("code"), vector.text("message"));
    }
}
