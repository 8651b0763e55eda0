package io.plabble.samples.webflux.board;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Where the bucket's id and key are kept, readable by their owner only, in the format of the command line {@code plabble}: whoever
 * loses the key loses the board. A bucket that may not exist yet is kept under another name.
 */
final class BoardFile {
    private final Path confirmed;
    private final Path unconfirmed;

    BoardFile(Path path) {
        this.confirmed = path.toAbsolutePath();
        this.unconfirmed = confirmed.resolveSibling(confirmed.getFileName() + ".new");
    }

    /** The bucket that is known to exist; empty if there is none. */
    Mono<BucketCandidate> confirmed() {
        return load(confirmed);
    }

    /** One that was about to be created when something went wrong. */
    Mono<BucketCandidate> unconfirmed() {
        return load(unconfirmed);
    }

    /** Kept before it is created. */
    Mono<Void> keep(BucketCandidate bucket) {
        return blocking(() -> {
            Files.createDirectories(unconfirmed.getParent());
            Files.deleteIfExists(unconfirmed);
            try (FileChannel channel = FileChannel.open(unconfirmed, Set.of(CREATE_NEW, WRITE), ownerOnly())) {
                ByteBuffer content = StandardCharsets.US_ASCII.encode(
                        "bucket " + bucket.id().hex() + "\nkey " + bucket.key().hex() + "\n");
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
        });
    }

    /** It exists. */
    Mono<Void> confirm() {
        return blocking(() -> Files.move(unconfirmed, confirmed, StandardCopyOption.ATOMIC_MOVE));
    }

    private FileAttribute<?>[] ownerOnly() {
        return unconfirmed.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static Mono<BucketCandidate> load(Path file) {
        return Mono.fromCallable(() -> Files.exists(file) ? parse(file, Files.readAllLines(file)) : null)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static BucketCandidate parse(Path file, List<String> lines) {
        return new BucketCandidate(
                BucketId.ofHex(value(file, lines, "bucket ")), BucketKey.ofHex(value(file, lines, "key ")));
    }

    private static String value(Path file, List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(file + " has no line '" + name + "…'"));
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Mono<Void> blocking(Work work) {
        return Mono.<Void>fromCallable(() -> {
                    work.run();
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }
}
