package io.plabble.samples.webflux.board;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import io.plabble.protocol.BucketCandidate;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Where the bucket's id and key are kept, readable by their owner only, in the format of the command line {@code plabble}: whoever
 * loses the key loses the board. A bucket that may not exist yet is kept in a file of its own. Of several services that share the
 * place and create a bucket at once, one wins: the others take its bucket, and leave their own empty.
 */
final class BoardFile {
    private static final String UNCONFIRMED = ".new";

    private final Path confirmed;
    private final Path directory;

    BoardFile(Path path) {
        this.confirmed = path.toAbsolutePath();
        this.directory = requireNonNull(confirmed.getParent(), "a file system is no file");
    }

    /** Stops the start for a file that is none. Blocks. */
    void check() {
        try {
            read(confirmed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bucket that is known to exist; empty if there is none. */
    Mono<BucketCandidate> confirmed() {
        return blocking(() -> read(confirmed));
    }

    /** Those that were about to be created when something went wrong, here or in another service, or still are. */
    Flux<BucketCandidate> unconfirmed() {
        return blocking(this::readUnconfirmed).flatMapIterable(found -> found);
    }

    /** Kept before it is created, perhaps with another key than before. */
    Mono<Void> keep(BucketCandidate bucket) {
        return blocking(() -> {
            Path written = directory.resolve(
                    confirmed.getFileName() + "." + bucket.id().hex() + ".part");
            Files.createDirectories(directory);
            Files.deleteIfExists(written);
            try (FileChannel channel = FileChannel.open(written, Set.of(CREATE_NEW, WRITE), ownerOnly())) {
                ByteBuffer content = StandardCharsets.US_ASCII.encode(
                        "bucket " + bucket.id().hex() + "\nkey " + bucket.key().hex() + "\n");
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(written, unconfirmed(bucket.id()), StandardCopyOption.ATOMIC_MOVE);
            return null;
        });
    }

    /** It exists, and is the board, unless another is: gives the one that is. */
    Mono<BucketCandidate> confirm(BucketId bucket) {
        return blocking(() -> {
            try {
                Files.createLink(confirmed, unconfirmed(bucket));
            } catch (FileAlreadyExistsException | NoSuchFileException e) {
                // somebody else was quicker, perhaps with this very bucket
            }
            Files.deleteIfExists(unconfirmed(bucket));
            return parse(confirmed, Files.readAllLines(confirmed));
        });
    }

    private Path unconfirmed(BucketId bucket) {
        return directory.resolve(confirmed.getFileName() + "." + bucket.hex() + UNCONFIRMED);
    }

    private List<BucketCandidate> readUnconfirmed() throws IOException {
        List<BucketCandidate> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(directory, confirmed.getFileName() + ".*" + UNCONFIRMED)) {
                for (Path file : files) {
                    BucketCandidate candidate = read(file);
                    if (candidate != null) {
                        found.add(candidate);
                    }
                }
            }
        }
        return found;
    }

    private FileAttribute<?>[] ownerOnly() {
        return confirmed.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static @Nullable BucketCandidate read(Path file) throws IOException {
        try {
            return parse(file, Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            return null;
        }
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

    private static <T> Mono<T> blocking(Callable<@Nullable T> work) {
        return Mono.<T>fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }
}
