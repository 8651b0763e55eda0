package io.plabble.samples.webflux.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class BoardBucketTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private PlabbleTestServer server;
    private PlabbleSessions sessions;
    private Path file;

    @BeforeEach
    void start() {
        server = PlabbleTestServer.start();
        sessions = PlabbleClient.create(server.host(), server.port())
                .trust(server.trustStore())
                .sessions();
        file = directory.resolve("keys/board.key");
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
        assertThat(unconfirmed()).isEmpty();
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
        assertThat(unconfirmed()).hasSize(1);

        LastingBucket bucket = open();

        assertThat(bucket.append("a note").thenMany(bucket.read()).collectList().block(BOUND))
                .hasSize(1);
        assertThat(file).exists();
        // One that was never created may yet be, by another service, and does no harm.
        assertThat(unconfirmed()).hasSize(point == FaultPoint.ANSWER ? 0 : 1);
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
    void aFileThatIsNoneStopsTheStart() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "bucket " + "0".repeat(32) + "\n");

        assertThatThrownBy(() -> new BoardBucket(sessions, properties())).hasMessage(file + " has no line 'key …'");
    }

    @RepeatedTest(10)
    void servicesThatStartAtOnceAgreeOnOneBoard() {
        Flux<LastingBucket> boards = Flux.range(0, 8)
                .flatMap(i -> new BoardBucket(sessions, properties()).get().subscribeOn(Schedulers.boundedElastic()));

        StepVerifier.create(boards.map(LastingBucket::id).distinct().collectList())
                .assertNext(ids -> assertThat(ids).containsExactly(open().id()))
                .expectComplete()
                .verify(BOUND);
        assertThat(unconfirmed()).isEmpty();
    }

    @Test
    void whatAnotherServiceIsAboutToCreateIsLeftToIt() {
        BoardFile other = new BoardFile(file);
        BucketCandidate underway = new BucketCandidate(BucketId.ofHex("0".repeat(32)), BucketKey.ofHex("1".repeat(64)));
        other.keep(underway).block(BOUND);

        BucketId board = open().id();

        assertThat(other.confirm(underway.id()).block(BOUND).id()).isEqualTo(board);
        assertThat(open().id()).isEqualTo(board);
    }

    private List<Path> unconfirmed() {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.filter(each -> each.toString().endsWith(".new")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
