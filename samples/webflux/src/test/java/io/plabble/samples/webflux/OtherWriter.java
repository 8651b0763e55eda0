package io.plabble.samples.webflux;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSession;
import io.plabble.sdk.test.PlabbleTestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Somebody else who has the key of a board, and no service. */
final class OtherWriter implements AutoCloseable {
    private final PlabbleSession session;
    private final Bucket board;

    OtherWriter(PlabbleTestServer server, Path directory) {
        this.session = PlabbleClient.create(server.host(), server.port())
                .trust(server.trustStore())
                .connect()
                .block(RunningService.BOUND);
        this.board = session.bucket(bucketId(directory), BucketKey.ofHex(word(directory, 1)));
    }

    /** Appends these notes, at once. */
    Mono<Void> append(List<String> texts) {
        return board.append(texts.stream().map(OtherWriter::note).toList());
    }

    static BucketId bucketId(Path directory) {
        return BucketId.ofHex(word(directory, 0));
    }

    private static byte[] note(String text) {
        return "{\"id\":\"%s\",\"author\":\"Bob\",\"text\":\"%s\",\"postedAt\":\"2026-11-26T12:00:00Z\"}"
                .formatted(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)), text)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String word(Path directory, int line) {
        try {
            return Files.readAllLines(directory.resolve("board.key")).get(line).split(" ")[1];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        session.dispose();
    }
}
