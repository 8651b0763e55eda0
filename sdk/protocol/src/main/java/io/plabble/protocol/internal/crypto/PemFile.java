package io.plabble.protocol.internal.crypto;

import io.plabble.protocol.PlabbleConfigurationException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** PEM files (RFC 7468) whose errors name file and line. */
public final class PemFile {
    private PemFile() {}

    /**
     * One block of a file.
     *
     * @param line where it begins, from 1
     */
    public record Block(int line, byte[] content) {}

    /** The blocks of a file, all with this label and at least one; text outside blocks is ignored, as RFC 7468 has it. */
    public static List<Block> read(Path file, String label) {
        if (Files.isDirectory(file)) {
            throw new PlabbleConfigurationException(file + ": is a directory, not a file");
        }
        List<Block> blocks = new ArrayList<>();
        try (LineCountingPemReader reader = new LineCountingPemReader(Files.newBufferedReader(file))) {
            for (PemObject pem = next(reader, file); pem != null; pem = next(reader, file)) {
                if (!pem.getType().equals(label)) {
                    throw new PlabbleConfigurationException(file + ", line " + reader.blockLine + ": a block \""
                            + pem.getType() + "\" where only \"" + label + "\" belongs");
                }
                blocks.add(new Block(reader.blockLine, pem.getContent()));
            }
            if (!reader.ended) { // the reader takes a garbled BEGIN line for the end
                throw new PlabbleConfigurationException(
                        file + ", line " + reader.blockLine + ": a garbled BEGIN line of a PEM block");
            }
        } catch (NoSuchFileException e) {
            throw new PlabbleConfigurationException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new PlabbleConfigurationException(file + ": cannot be read: " + e, e);
        }
        if (blocks.isEmpty()) {
            throw new PlabbleConfigurationException(file + ", line 1: no PEM block \"" + label + "\" in the file");
        }
        return blocks;
    }

    private static PemObject next(LineCountingPemReader reader, Path file) throws IOException {
        try {
            return reader.readPemObject();
        } catch (MalformedInputException e) {
            throw new PlabbleConfigurationException(file + ", line " + (reader.line + 1) + ": not a text file", e);
        } catch (IOException | DecoderException e) {
            throw new PlabbleConfigurationException(
                    file + ", line " + reader.blockLine + ": a garbled PEM block: " + e.getMessage(), e);
        }
    }

    public static void write(Path file, String label, List<byte[]> contents) {
        try {
            Files.writeString(file, encode(label, contents));
        } catch (IOException e) {
            throw new PlabbleConfigurationException(file + ": cannot be written: " + e, e);
        }
    }

    /** Writes a new file that only its owner may read, where the file system knows of owners; refuses to replace one. */
    public static void writeSecret(Path file, String label, byte[] content) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            Files.writeString(file, encode(label, List.of(content)), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new PlabbleConfigurationException(file + ": cannot be written: " + e, e);
        }
    }

    private static String encode(String label, List<byte[]> contents) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            for (byte[] content : contents) {
                writer.writeObject(new PemObject(label, content));
            }
        }
        return text.toString();
    }

    /** BouncyCastle's reader does not say where it is; it reads line by line, so counting them is enough. */
    private static final class LineCountingPemReader extends PemReader {
        private int line;
        private int blockLine = 1;
        private boolean ended;

        LineCountingPemReader(Reader reader) {
            super(reader);
        }

        @Override
        public String readLine() throws IOException {
            String text = super.readLine();
            line++;
            ended = text == null;
            if (text != null && text.startsWith("-----BEGIN ")) {
                blockLine = line;
            }
            return text;
        }
    }
}
