package io.plabble.samples.webflux.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import io.plabble.samples.webflux.plabble.PlabbleProperties;
import io.plabble.sdk.LastingBucket;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSessions;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class BoardBucketTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private PlabbleTestServer server;
    private PlabbleSessions sessions;
    private Path file;
    private Path unconfirmed;

    @BeforeEach
    void start() {
        server = PlabbleTestServer.start();
        sessions = PlabbleClient.create(server.host(), server.port())
                .trust(server.trustStore())
                .sessions();
        file = directory.resolve("keys/board.key");
        unconfirmed = directory.resolve("keys/board.key.new");
    }

    @AfterEach
    void stop() {
        sessions.close().block(BOUND);
        server.close();
    }

    @Test
    void theFirstStartCreatesTheBucketAndKeepsItsKeyForTheOwnerOnly() throws IOException {
        LastingBucket bucket = open();

        assertThat(server.bucket(bucket.id())).isPresent();
        assertThat(file)
                .hasContent("bucket " + bucket.id().hex() + "\nkey "
                        + bucket.key().orElseThrow().hex() + "\n");
        assertThat(unconfirmed).doesNotExist();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void theNextStartFindsIt() {
        BucketId first = open().id();

        assertThat(open().id()).isEqualTo(first);
        assertThat(server.received(PacketType.CREATE)).isOne();
    }

    @Test
    void allWhoAskShareOneCreation() {
        BoardBucket board = new BoardBucket(sessions, properties());

        StepVerifier.create(Mono.zip(board.get(), board.get(), (one, other) -> one == other))
                .expectNext(true)
                .expectComplete()
                .verify(BOUND);
        assertThat(server.received(PacketType.CREATE)).isOne();
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUEST_RECEIVED", "ANSWER"})
    void aCreateWhoseAnswerNeverCameIsClearedUpByTheNextStart(FaultPoint point) {
        server.fault(point, Fault.once(Fault.close()));
        StepVerifier.create(new BoardBucket(sessions, properties()).get())
                .expectError(PlabbleException.class)
                .verify(BOUND);
        assertThat(file).doesNotExist();
        assertThat(unconfirmed).exists();

        LastingBucket bucket = open();

        assertThat(bucket.append("a note").thenMany(bucket.read()).collectList().block(BOUND))
                .hasSize(1);
        assertThat(file).exists();
        assertThat(unconfirmed).doesNotExist();
        assertThat(server.received(PacketType.CREATE)).isEqualTo(point == FaultPoint.ANSWER ? 1 : 2);
    }

    @Test
    void whoComesAfterAFailureTriesAgain() {
        BoardBucket board = new BoardBucket(sessions, properties());
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.once(Fault.error(1, "")));

        StepVerifier.create(board.get()).expectError(PlabbleException.class).verify(BOUND);
        StepVerifier.create(board.get()).expectNextCount(1).expectComplete().verify(BOUND);
    }

    @Test
    void aFileThatIsNoneSaysSo() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "bucket " + "0".repeat(32) + "\n");

        StepVerifier.create(new BoardBucket(sessions, properties()).get())
                .expectErrorSatisfies(e -> assertThat(e).hasMessage(file + " has no line 'key …'"))
                .verify(BOUND);
    }

    private LastingBucket open() {
        return new BoardBucket(sessions, properties()).get().block(BOUND);
    }

    private PlabbleProperties properties() {
        Duration wait = Duration.ofSeconds(5);
        return new PlabbleProperties(
                server.host(), server.port(), null, null, null, false, null, null, file, wait, wait, wait, wait);
    }
}
