package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.sdk.hostile.BodyRows;
import io.plabble.sdk.hostile.CertificateFormRows;
import io.plabble.sdk.hostile.CertificateRows;
import io.plabble.sdk.hostile.ConnectionRows;
import io.plabble.sdk.hostile.ErrorRows;
import io.plabble.sdk.hostile.FramingRows;
import io.plabble.sdk.hostile.HeaderRows;
import io.plabble.sdk.hostile.IssuingRightRows;
import io.plabble.sdk.hostile.KeyRows;
import io.plabble.sdk.hostile.NameRows;
import io.plabble.sdk.hostile.Row;
import io.plabble.sdk.hostile.Segmentation;
import io.plabble.sdk.hostile.SignatureRows;
import io.plabble.sdk.hostile.ValidityRows;
import io.plabble.sdk.hostile.Wire;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a server may do wrong in CONNECT (§4), over real sockets and in whatever pieces its bytes are read: each row has exactly
 * one outcome, and leaves nothing behind. Among the rows are valid answers too, so that nobody passes by refusing all.
 */
class NegativeConnectTest {
    private static final List<Row> ROWS = Stream.of(
                    ConnectionRows.rows(),
                    FramingRows.rows(),
                    HeaderRows.rows(),
                    BodyRows.rows(),
                    ErrorRows.rows(),
                    KeyRows.rows(),
                    SignatureRows.rows(),
                    CertificateFormRows.rows(),
                    CertificateRows.rows(),
                    ValidityRows.rows(),
                    IssuingRightRows.rows(),
                    NameRows.rows())
            .flatMap(rows -> rows)
            .toList();

    private static HostileEnvironment environment;

    @BeforeAll
    static void begin() throws IOException {
        environment = new HostileEnvironment();
    }

    @AfterAll
    static void nobodyHasConnectedAgain() throws IOException {
        assertThat(environment.server.unexpected()).isZero();
        environment.close();
    }

    static Stream<Arguments> attempts() {
        return Stream.concat(attempts(ROWS.stream(), Io.DEFAULT), attempts(ConnectionRows.rows(), Io.NIO));
    }

    private static Stream<Arguments> attempts(Stream<Row> rows, Io io) {
        return rows.flatMap(
                row -> row.segmentations().stream().sorted().map(segmentation -> Arguments.of(row, segmentation, io)));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("attempts")
    void hasExactlyThisOutcomeAndLeavesNothingBehind(Row row, Segmentation segmentation, Io io) throws Exception {
        for (Wire answer : row.sent()) {
            new ConnectAttempt(environment, io, row, answer, segmentation).run();
        }
    }

    @Test
    void noTwoRowsHaveTheSameName() {
        assertThat(ROWS).extracting(Row::name).doesNotHaveDuplicates();
    }
}
