package io.plabble.protocol.internal.connect;

import static io.plabble.testsupport.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PlabbleServerException;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.VectorSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;

class ConnectNegativeVectorsTest {
    private static final String FILE = "connect-negative.json";
    private static final VectorFile VECTORS = VectorFile.named(FILE);

    @ParameterizedTest
    @VectorSource(file = FILE, list = "exchanges")
    void theClientAbortsForTheFirstFault(VectorCase vector) {
        VectorClient client = new VectorClient(VECTORS, vector);

        var refusal = assertRefused(vector.text("reason"), client::connect);

        if (vector.has("code")) {
            refusal.asInstanceOf(InstanceOfAssertFactories.type(PlabbleServerException.class))
                    .satisfies(error -> {
                        assertThat(error.code()).isEqualTo((int) vector.number("code"));
                        if (!vector.isNull("message")) { // null: what was sent is not UTF-8
                            assertThat(error.serverMessage()).isEqualTo(vector.text("message"));
                        }
                    });
        }
    }
}
