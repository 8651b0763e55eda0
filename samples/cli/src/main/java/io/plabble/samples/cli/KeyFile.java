package io.plabble.samples.cli;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file with a bucket's id and key: a comment, {@code bucket} and 32 hexadecimal digits, {@code key} and 64. All methods block.
 *
 * @param key the caller's to erase
 */
record KeyFile(BucketId id, BucketKey key) {
    private static final int LARGEST = 4096;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /**
     * Writes a new file, which only its owner may read from its first moment; once this returns, it survives a power failure.
     *
     * @throws PlabbleConfigurationException if it exists or cannot be written; then there is none of ours
     */
    static void create(Path file, BucketId id, BucketKey key) {
        byte[] content =
                ("# The key of a Plabble bucket. Whoever has it may do what the bucket allows its owner; keep it secret.\n"
                                + "bucket " + id.hex() + "\nkey " + key.hex() + "\n")
                        .getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            writeOrRemove(channel, file, ByteBuffer.wrap(content));
        } catch (FileAlreadyExistsException e) {
            throw NewFile.exists(file);
        } catch (IOException e) {
            throw new PlabbleConfigurationException(file + ": cannot be written: " + e, e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static void writeOrRemove(FileChannel channel, Path file, ByteBuffer content) throws IOException {
        try {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
            syncDirectory(file);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** The file's name is the directory's to keep. Not every system lets a directory be opened. */
    private static void syncDirectory(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Nothing more can be done there; the content itself is safe.
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return knowsOwners(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new PlabbleConfigurationException(file + ": cannot be removed: " + e, e);
        }
    }

    /** Whether somebody besides the owner may read or change it. */
    static boolean isExposed(Path file) {
        try {
            return knowsOwners(file) && !OWNER_ONLY.containsAll(withoutExecution(Files.getPosixFilePermissions(file)));
        } catch (IOException e) {
            return false; // reading it will tell
        }
    }

    private static List<PosixFilePermission> withoutExecution(Set<PosixFilePermission> permissions) {
        return permissions.stream()
                .filter(permission -> !permission.name().endsWith("_EXECUTE"))
                .toList();
    }

    /** @throws PlabbleConfigurationException naming file and line, never the content */
    static KeyFile read(Path file) {
        Map<String, String> values = new HashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split("\\s+", 2);
            if (words.length != 2
                    || !Set.of("bucket", "key").contains(words[0])
                    || values.put(words[0], words[1]) != null) {
                throw new PlabbleConfigurationException(
                        file + ", line " + (i + 1) + ": a key file has one line 'bucket HEX' and one line 'key HEX'");
            }
        }
        String id = values.get("bucket");
        String key = values.get("key");
        if (id == null || key == null) {
            throw new PlabbleConfigurationException(
                    file + ": no key file: needs a line 'bucket HEX' and a line 'key HEX'");
        }
        try {
            return new KeyFile(BucketId.ofHex(id), BucketKey.ofHex(key));
        } catch (PlabbleConfigurationException e) { // its cause may quote the text
            throw new PlabbleConfigurationException(file + ": " + e.getMessage());
        }
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new PlabbleConfigurationException(file + ": no key file: longer than " + LARGEST + " bytes");
            }
            return new ArrayList<>(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw new PlabbleConfigurationException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new PlabbleConfigurationException(file + ": cannot be read: " + e, e);
        }
    }
}
